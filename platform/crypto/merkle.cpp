#include "platform/crypto/merkle.hpp"

#include <bit>
#include <cstring>
#include <stdexcept>

#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

using text::view_of;

constexpr std::string_view leaf_prefix{"\x00", 1};
constexpr std::string_view node_prefix{"\x01", 1};

/// The largest power of two below a size of at least two: where RFC 9162 divides a tree.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

struct Range {
  std::uint64_t first, last;
  [[nodiscard]] std::uint64_t size() const { return last - first; }
};

/// PATH of RFC 9162 §2.1.3.1, innermost node first.
void add_path(std::uint64_t index, Range tree, const RangeRoot& root_of_range, std::vector<Digest>& proof) {
  if (tree.size() == 1) return;
  const auto middle = tree.first + split_of(tree.size());
  const Range left{tree.first, middle}, right{middle, tree.last};
  const auto& with = index < middle ? left : right;
  const auto& beside = index < middle ? right : left;
  add_path(index, with, root_of_range, proof);
  proof.push_back(root_of_range(beside.first, beside.last));
}

/// SUBPROOF of RFC 9162 §2.1.4.1, innermost node first. `first_last` is where the first tree ends.
void add_subproof(std::uint64_t first_last, Range tree, bool first_root_is_known, const RangeRoot& root_of_range,
                  std::vector<Digest>& proof) {
  if (first_last == tree.last) {
    if (!first_root_is_known) proof.push_back(root_of_range(tree.first, tree.last));
    return;
  }
  const auto middle = tree.first + split_of(tree.size());
  if (first_last <= middle) {
    add_subproof(first_last, {tree.first, middle}, first_root_is_known, root_of_range, proof);
    proof.push_back(root_of_range(middle, tree.last));
  } else {
    add_subproof(first_last, {middle, tree.last}, false, root_of_range, proof);
    proof.push_back(root_of_range(tree.first, middle));
  }
}

RangeRoot ranges_of(std::span<const Digest> leaves) {
  return [leaves](std::uint64_t first, std::uint64_t last) { return root_of(leaves.subspan(first, last - first)); };
}

}  // namespace

Digest leaf_hash(std::string_view preimage) { return sha256({leaf_prefix, preimage}); }

Digest node_hash(const Digest& left, const Digest& right) {
  return sha256({node_prefix, view_of(left), view_of(right)});
}

void Frontier::append(const Digest& leaf) {
  Digest subtree = leaf;
  // Each one bit at the end of the size is a full subtree as large as the new one: the two become one.
  for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
    subtree = node_hash(subtrees_.back(), subtree);
    subtrees_.pop_back();
  }
  subtrees_.push_back(subtree);
  ++size_;
}

Frontier Frontier::from(std::uint64_t start) const {
  Frontier rest;
  rest.size_ = size_ - start;
  rest.subtrees_.assign(subtrees_.end() - std::popcount(rest.size_), subtrees_.end());
  return rest;
}

Digest Frontier::root() const {
  if (subtrees_.empty()) return sha256("");
  Digest root = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i-- > 0;) root = node_hash(subtrees_[i], root);
  return root;
}

std::string Frontier::serialize() const {
  std::string out;
  out.reserve(8 + subtrees_.size() * sizeof(Digest));
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(size_ >> shift & 0xff);
  for (const auto& subtree : subtrees_) out += view_of(subtree);
  return out;
}

std::optional<Frontier> Frontier::parse(std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  Frontier frontier;
  for (const char byte : bytes.substr(0, 8))
    frontier.size_ = frontier.size_ << 8 | static_cast<unsigned char>(byte);
  bytes.remove_prefix(8);
  const auto subtrees = static_cast<std::size_t>(std::popcount(frontier.size_));
  if (bytes.size() != subtrees * sizeof(Digest)) return std::nullopt;
  frontier.subtrees_.resize(subtrees);
  for (std::size_t i = 0; i < subtrees; ++i) {
    std::memcpy(frontier.subtrees_[i].data(), bytes.data() + i * sizeof(Digest), sizeof(Digest));
  }
  return frontier;
}

Digest root_of(std::span<const Digest> leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves.front();
  const std::size_t split = split_of(leaves.size());
  return node_hash(root_of(leaves.first(split)), root_of(leaves.subspan(split)));
}

std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const RangeRoot& root_of_range) {
  if (index >= size) throw std::out_of_range{"inclusion_proof: no such leaf"};
  std::vector<Digest> proof;
  add_path(index, {0, size}, root_of_range, proof);
  return proof;
}

std::vector<Digest> inclusion_proof(std::uint64_t index, std::span<const Digest> leaves) {
  return inclusion_proof(index, leaves.size(), ranges_of(leaves));
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t tree_size,
                      std::span<const Digest> proof, const Digest& root) {
  if (index >= tree_size) return false;
  std::uint64_t node = index;
  std::uint64_t last = tree_size - 1;
  Digest computed = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      computed = node_hash(sibling, computed);
      // A node without a sibling on its right moves up unchanged until it becomes a right child.
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      computed = node_hash(computed, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && computed == root;
}

std::vector<Digest> consistency_proof(std::uint64_t first_size, std::uint64_t size, const RangeRoot& root_of_range) {
  if (first_size > size) throw std::out_of_range{"consistency_proof: the first tree is the larger one"};
  std::vector<Digest> proof;
  if (first_size > 0) add_subproof(first_size, {0, size}, true, root_of_range, proof);
  return proof;
}

std::vector<Digest> consistency_proof(std::uint64_t first_size, std::span<const Digest> leaves) {
  return consistency_proof(first_size, leaves.size(), ranges_of(leaves));
}

bool verify_consistency(std::uint64_t first_size, std::uint64_t second_size, const Digest& first_root,
                        const Digest& second_root, std::span<const Digest> proof) {
  if (first_size > second_size) return false;
  if (first_size == second_size) return proof.empty() && first_root == second_root;
  if (first_size == 0) return proof.empty() && first_root == sha256("");
  if (proof.empty()) return false;

  std::uint64_t node = first_size - 1;
  std::uint64_t last = second_size - 1;
  for (; (node & 1) != 0; node >>= 1) last >>= 1;

  // When the first tree is one full subtree, its root is the start of the path and the proof leaves it out.
  const bool full_subtree = std::has_single_bit(first_size);
  Digest first = full_subtree ? first_root : proof.front();
  Digest second = first;
  for (const auto& sibling : proof.subspan(full_subtree ? 0 : 1)) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      first = node_hash(sibling, first);
      second = node_hash(sibling, second);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      second = node_hash(second, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && first == first_root && second == second_root;
}

}  // namespace daybook::crypto
