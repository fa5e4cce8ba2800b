#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/crypto/hash.hpp"

// The Merkle tree of RFC 9162 §2.1 over SHA-256: what makes the log tamper-evident.
namespace daybook::crypto {

/// SHA-256(0x00 ‖ preimage).
[[nodiscard]] Digest leaf_hash(std::string_view preimage);

/// SHA-256(0x01 ‖ left ‖ right).
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);

/// The roots of the full subtrees that a tree of a given size falls into, largest first: all that is needed
/// to append leaves and to know the root, at most 64 hashes. A plain value; appending costs two hashes on
/// average.
class Frontier {
 public:
  void append(const Digest& leaf);

  /// How many leaves were appended.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// Of the leaves from `start` on, where `start` is a multiple of the smallest power of two that holds them all.
  [[nodiscard]] Frontier from(std::uint64_t start) const;

  /// The tree's root; SHA-256 of the empty string for an empty tree.
  [[nodiscard]] Digest root() const;

  /// A big-endian u64 size, then the hashes: one for each bit set in the size.
  [[nodiscard]] std::string serialize() const;
  [[nodiscard]] static std::optional<Frontier> parse(std::string_view bytes);

  friend bool operator==(const Frontier&, const Frontier&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> subtrees_;
};

/// The root over all leaf hashes, by the definition of RFC 9162 §2.1.1.
[[nodiscard]] Digest root_of(std::span<const Digest> leaves);

/// The root over the leaves [first, last) of a tree that is larger than memory.
using RangeRoot = std::function<Digest(std::uint64_t first, std::uint64_t last)>;

/// As below, asking for one range a node: each is a subtree of the tree, so it starts at a multiple of the smallest power
/// of two that holds it.
[[nodiscard]] std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const RangeRoot& root_of_range);
[[nodiscard]] std::vector<Digest> consistency_proof(std::uint64_t first_size, std::uint64_t size,
                                                    const RangeRoot& root_of_range);

/// The audit path of one leaf (RFC 9162 §2.1.3.1). `index` must be below the number of leaves.
[[nodiscard]] std::vector<Digest> inclusion_proof(std::uint64_t index, std::span<const Digest> leaves);

/// Checks an audit path against a root (RFC 9162 §2.1.3.2).
[[nodiscard]] bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t tree_size,
                                    std::span<const Digest> proof, const Digest& root);

/// Proves that the tree of the first `first_size` leaves is a prefix of the tree of all leaves (RFC 9162
/// §2.1.4.1). Empty when `first_size` is 0 or all of them, for then there is nothing to show.
[[nodiscard]] std::vector<Digest> consistency_proof(std::uint64_t first_size, std::span<const Digest> leaves);

/// Checks a consistency proof between two roots (RFC 9162 §2.1.4.2). An empty first tree is a prefix of every
/// tree, provided that its root is that of the empty tree and the proof is empty.
[[nodiscard]] bool verify_consistency(std::uint64_t first_size, std::uint64_t second_size,
                                      const Digest& first_root, const Digest& second_root,
                                      std::span<const Digest> proof);

}  // namespace daybook::crypto
