#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace countercheck {

// Predictors as their papers tell them, with all of the past kept: to check the model's registers and tables by.
class SlowGshare {
 public:
  SlowGshare(std::uint32_t table_bits, std::uint32_t history_bits) : table_(table_bits), length_(history_bits) {}
  bool missed(std::uint64_t address, bool taken);

 private:
  std::uint32_t table_, length_;
  std::vector<bool> past_;
  std::map<std::uint64_t, int> counters_;
};

class SlowTage {
 public:
  bool missed(std::uint64_t address, bool taken);

 private:
  struct Entry {
    std::uint64_t tag = ~std::uint64_t{0};  // of no branch
    int counter = 0;
    int useful = 0;
  };
  // The outcomes of the last `length` branches, cut in pieces of some bits, exclusive or.
  std::uint64_t folded(std::size_t length, std::size_t bits) const;

  std::size_t branches_ = 0;
  std::vector<std::size_t> taken_at_;  // of all these branches
  std::map<std::uint64_t, int> base_;
  std::map<std::pair<int, std::uint64_t>, Entry> tables_;
  int trust_new_ = 8;
};

}  // namespace countercheck
