#include "slow_branches.hpp"

#include <algorithm>
#include <optional>

namespace countercheck {
namespace {

int moved(int counter, bool up, int top) {
  return std::clamp(counter + (up ? 1 : -1), 0, top);
}

}  // namespace

bool SlowGshare::missed(std::uint64_t address, bool taken) {
  std::uint64_t history = 0;
  for (std::size_t ago = 0; ago < length_ && ago < past_.size(); ++ago) {
    if (past_[past_.size() - 1 - ago]) history += std::uint64_t{1} << ago;
  }
  int& counter = counters_.try_emplace((address ^ history) % (std::uint64_t{1} << table_), 1).first->second;
  const bool wrong = (counter > 1) != taken;
  counter = moved(counter, taken, 3);
  past_.push_back(taken);
  return wrong;
}

std::uint64_t SlowTage::folded(std::size_t length, std::size_t bits) const {
  std::uint64_t result = 0;
  for (auto at = taken_at_.rbegin(); at != taken_at_.rend() && *at + length >= branches_; ++at) {
    result ^= std::uint64_t{1} << (branches_ - 1 - *at) % bits;
  }
  return result;
}

bool SlowTage::missed(std::uint64_t address, bool taken) {
  constexpr std::size_t lengths[] = {5, 11, 24, 53, 115, 250};
  std::uint64_t index[6];
  std::uint64_t tag[6];
  std::vector<int> matches;  // shortest first
  for (int i = 0; i < 6; ++i) {
    index[i] = (address ^ address >> (10 - i) ^ folded(lengths[i], 10)) % 1024;
    tag[i] = (address ^ folded(lengths[i], 11) ^ folded(lengths[i], 10) << 1) % 2048;
    const auto entry = tables_.find({i, index[i]});
    if (entry != tables_.end() && entry->second.tag == tag[i]) matches.push_back(i);
  }
  int& base = base_.try_emplace(address % 8192, 1).first->second;
  const auto says = [&](int table) { return tables_[{table, index[table]}].counter >= 4; };
  const bool second = matches.size() >= 2 ? says(matches[matches.size() - 2]) : base >= 2;
  bool prediction = second;
  int longest = -1;
  if (matches.empty()) {
    base = moved(base, taken, 3);
  } else {
    longest = matches.back();
    Entry& entry = tables_[{longest, index[longest]}];
    const bool first = entry.counter >= 4;
    const bool is_new = entry.useful == 0 && (entry.counter == 3 || entry.counter == 4);
    prediction = is_new && trust_new_ < 8 ? second : first;
    if (first != second) {
      if (is_new) trust_new_ = moved(trust_new_, first == taken, 15);
      entry.useful = moved(entry.useful, first == taken, 3);
    }
    entry.counter = moved(entry.counter, taken, 7);
  }
  if (prediction != taken) {
    std::optional<int> room;
    for (int i = 5; i > longest; --i) {
      if (tables_[{i, index[i]}].useful == 0) room = i;
    }
    if (room) {
      tables_[{*room, index[*room]}] = {tag[*room], taken ? 4 : 3, 0};
    } else {
      for (int i = longest + 1; i < 6; ++i) --tables_[{i, index[i]}].useful;
    }
  }
  if (taken) taken_at_.push_back(branches_);
  ++branches_;
  if (branches_ % 262144 == 0) {
    for (auto& [place, entry] : tables_) entry.useful /= 2;
  }
  return prediction != taken;
}

}  // namespace countercheck
