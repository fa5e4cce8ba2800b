#include "platform/crypto/merkle.hpp"

#include <gtest/gtest.h>

#include <array>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

using Leaves = std::vector<Digest>;
using text::view_of;

constexpr std::uint64_t sizes_end = 71;

Leaves make_leaves(std::uint64_t count) {
  Leaves leaves;
  for (std::uint64_t i = 0; i < count; ++i)
    leaves.push_back(sha256(std::string(1, '\0') + "leaf " + std::to_string(i)));
  return leaves;
}

// The definitions of RFC 9162 §2.1, written down a second time and as literally as possible: D[from:to].
std::uint64_t split(std::uint64_t n) {
  std::uint64_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

Digest mth(const Leaves& d, std::uint64_t from, std::uint64_t to) {
  if (from == to) return sha256("");
  if (to - from == 1) return d[from];
  const std::uint64_t k = split(to - from);
  const Digest left = mth(d, from, from + k);
  const Digest right = mth(d, from + k, to);
  return sha256(std::string(1, '\1') + std::string{view_of(left)} + std::string{view_of(right)});
}

Leaves joined(Leaves list, const Digest& last) {
  list.push_back(last);
  return list;
}

Leaves path(std::uint64_t m, const Leaves& d, std::uint64_t from, std::uint64_t to) {
  if (to - from == 1) return {};
  const std::uint64_t k = split(to - from);
  if (m < k) return joined(path(m, d, from, from + k), mth(d, from + k, to));
  return joined(path(m - k, d, from + k, to), mth(d, from, from + k));
}

Leaves subproof(std::uint64_t m, const Leaves& d, std::uint64_t from, std::uint64_t to, bool b) {
  if (m == to - from) return b ? Leaves{} : Leaves{mth(d, from, to)};
  const std::uint64_t k = split(to - from);
  if (m <= k) return joined(subproof(m, d, from, from + k, b), mth(d, from + k, to));
  return joined(subproof(m - k, d, from + k, to, false), mth(d, from, from + k));
}

Digest flipped(Digest digest) {
  digest[31] ^= 1;
  return digest;
}

TEST(Merkle, RootOfEmptyTreeIsTheHashOfNothing) {
  EXPECT_EQ(Frontier{}.root(), sha256(""));
  EXPECT_EQ(root_of({}), sha256(""));
}

TEST(Merkle, LeavesAndNodesAreHashedApart) {
  EXPECT_EQ(leaf_hash(""), sha256(std::string(1, '\0')));
  EXPECT_EQ(leaf_hash("x"), sha256(std::string("\0x", 2)));
  const Digest left = sha256("l");
  const Digest right = sha256("r");
  EXPECT_EQ(node_hash(left, right), sha256({"\1", view_of(left), view_of(right)}));
  EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

TEST(Merkle, FollowsTheVectorsThatLogsOfRfc6962Share) {
  constexpr std::array<std::string_view, 8> inputs = {
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  constexpr std::array<std::string_view, 8> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Frontier frontier;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    frontier.append(leaf_hash(*text::hex_decode(inputs[i])));
    EXPECT_EQ(text::hex_encode(view_of(frontier.root())), roots[i]);
  }
}

TEST(Merkle, FrontierAndRootAgreeWithTheDefinitionAtEverySize) {
  const Leaves leaves = make_leaves(sizes_end);
  Frontier frontier;
  for (std::uint64_t n = 0; n < sizes_end; ++n) {
    EXPECT_EQ(frontier.size(), n);
    EXPECT_EQ(frontier.root(), mth(leaves, 0, n));
    EXPECT_EQ(root_of(std::span{leaves}.first(n)), mth(leaves, 0, n));
    frontier.append(leaves[n]);
  }
}

TEST(Merkle, FrontierSurvivesSerialisationAtEverySizeAndGoesOn) {
  const Leaves leaves = make_leaves(sizes_end);
  Frontier frontier;
  for (std::uint64_t n = 0; n < sizes_end; ++n) {
    auto parsed = Frontier::parse(frontier.serialize());
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, frontier);
    parsed->append(leaves[n]);
    frontier.append(leaves[n]);
    EXPECT_EQ(parsed->root(), frontier.root());
  }
}

TEST(Merkle, SerialisedFrontierIsABigEndianSizeAndItsHashes) {
  Frontier frontier;
  EXPECT_EQ(frontier.serialize(), std::string(8, '\0'));
  const Digest leaf = leaf_hash("x");
  frontier.append(leaf);
  EXPECT_EQ(frontier.serialize(), std::string("\0\0\0\0\0\0\0\1", 8) + std::string{view_of(leaf)});
}

TEST(Merkle, ParsingRefusesAnotherNumberOfHashes) {
  Frontier frontier;
  for (const auto& leaf : make_leaves(5)) frontier.append(leaf);
  const std::string good = frontier.serialize();
  ASSERT_EQ(good.size(), 8U + 2 * 32U);
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(Frontier::parse(good.substr(0, length)));
  EXPECT_FALSE(Frontier::parse(good + std::string(32, 'x')));
}

TEST(Merkle, InclusionProofsAreThoseOfTheDefinitionAndVerify) {
  const Leaves leaves = make_leaves(sizes_end);
  for (std::uint64_t n = 1; n < sizes_end; ++n) {
    const Digest root = mth(leaves, 0, n);
    for (std::uint64_t index = 0; index < n; ++index) {
      const Leaves proof = inclusion_proof(index, std::span{leaves}.first(n));
      ASSERT_EQ(proof, path(index, leaves, 0, n)) << index << " of " << n;
      ASSERT_TRUE(verify_inclusion(leaves[index], index, n, proof, root)) << index << " of " << n;
    }
  }
}

TEST(Merkle, InclusionFailsForAnythingElse) {
  const Leaves leaves = make_leaves(sizes_end);
  for (std::uint64_t n = 1; n < sizes_end; ++n) {
    const Digest root = mth(leaves, 0, n);
    for (std::uint64_t index = 0; index < n; ++index) {
      const Leaves proof = path(index, leaves, 0, n);
      EXPECT_FALSE(verify_inclusion(flipped(leaves[index]), index, n, proof, root));
      EXPECT_FALSE(verify_inclusion(leaves[index], index, n, proof, flipped(root)));
      EXPECT_FALSE(verify_inclusion(leaves[index], index, n, joined(proof, root), root));
      EXPECT_FALSE(verify_inclusion(leaves[index], n, n, proof, root));
      EXPECT_FALSE(verify_inclusion(leaves[index], index, 0, proof, root));
      if (n > 1) {
        EXPECT_FALSE(verify_inclusion(leaves[index], (index + 1) % n, n, proof, root));
      }
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Leaves wrong = proof;
        wrong[i] = flipped(wrong[i]);
        EXPECT_FALSE(verify_inclusion(leaves[index], index, n, wrong, root));
        EXPECT_FALSE(verify_inclusion(leaves[index], index, n, std::span{proof}.first(i), root));
      }
    }
  }
}

TEST(Merkle, ConsistencyProofsAreThoseOfTheDefinitionAndVerify) {
  const Leaves leaves = make_leaves(sizes_end);
  for (std::uint64_t n = 0; n < sizes_end; ++n) {
    const Digest second = mth(leaves, 0, n);
    for (std::uint64_t m = 0; m <= n; ++m) {
      const Leaves proof = consistency_proof(m, std::span{leaves}.first(n));
      if (m > 0) {
        ASSERT_EQ(proof, subproof(m, leaves, 0, n, true)) << m << " of " << n;
      }
      ASSERT_TRUE(verify_consistency(m, n, mth(leaves, 0, m), second, proof)) << m << " of " << n;
    }
  }
}

TEST(Merkle, ConsistencyFailsForAnythingElse) {
  const Leaves leaves = make_leaves(sizes_end);
  for (std::uint64_t n = 1; n < sizes_end; ++n) {
    const Digest second = mth(leaves, 0, n);
    for (std::uint64_t m = 1; m < n; ++m) {
      const Digest first = mth(leaves, 0, m);
      const Leaves proof = subproof(m, leaves, 0, n, true);
      EXPECT_FALSE(verify_consistency(m, n, flipped(first), second, proof));
      EXPECT_FALSE(verify_consistency(m, n, first, flipped(second), proof));
      EXPECT_FALSE(verify_consistency(n, m, second, first, proof));
      EXPECT_FALSE(verify_consistency(m, n, first, second, joined(proof, first)));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        Leaves wrong = proof;
        wrong[i] = flipped(wrong[i]);
        EXPECT_FALSE(verify_consistency(m, n, first, second, wrong));
        EXPECT_FALSE(verify_consistency(m, n, first, second, std::span{proof}.first(i)));
      }
    }
  }
}

TEST(Merkle, ARewrittenHistoryIsNotConsistent) {
  // Given a log of ten leaves whose fourth was changed before two more were appended,
  const Leaves honest = make_leaves(10);
  Leaves rewritten = make_leaves(12);
  rewritten[3] = flipped(rewritten[3]);
  // when the new log proves itself, then the old root does not fit.
  const Leaves proof = consistency_proof(10, rewritten);
  EXPECT_FALSE(verify_consistency(10, 12, root_of(honest), root_of(rewritten), proof));
}

TEST(Merkle, AnEmptyTreeIsAPrefixOfEveryTreeButOnlyAsItself) {
  const Digest root = root_of(make_leaves(3));
  EXPECT_TRUE(verify_consistency(0, 3, sha256(""), root, {}));
  EXPECT_FALSE(verify_consistency(0, 3, root, root, {}));
  EXPECT_FALSE(verify_consistency(0, 3, sha256(""), root, Leaves{root}));
  EXPECT_FALSE(verify_consistency(3, 3, root, root, Leaves{root}));
}

TEST(Merkle, ProofsOfWhatIsNotThereAreACallersMistake) {
  const Leaves leaves = make_leaves(3);
  EXPECT_THROW(static_cast<void>(inclusion_proof(3, leaves)), std::out_of_range);
  EXPECT_THROW(static_cast<void>(consistency_proof(4, leaves)), std::out_of_range);
}

}  // namespace
}  // namespace daybook::crypto
