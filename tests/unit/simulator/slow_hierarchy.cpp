#include "slow_hierarchy.hpp"

#include <algorithm>

namespace countercheck {

SlowHierarchy::SlowHierarchy(const sim_machine& machine)
    : cores(machine.cores), machine_(machine), levels_(static_cast<int>(machine.level_count)) {
  const int core_count = static_cast<int>(machine.cores);
  for (int level = 0; level < levels_; ++level) {
    const sim_level& description = machine.levels[level];
    const bool shared = core_count > 1 && description.shared;
    if (!shared) ++private_levels_;
    for (int core = 0; core < (shared ? 1 : core_count); ++core) {
      for (int side = 0; side < (description.split ? 2 : 1); ++side) {
        // Each cache draws its random victims from a seed of its own: the machine's plus the cache's number.
        auto node = std::make_unique<Node>(side == SIM_CODE ? description.code : description.data,
                                           machine.seed + static_cast<std::uint32_t>(nodes.size()));
        node->level = level;
        node->core = shared ? -1 : core;
        node->side = description.split ? side : static_cast<int>(SIM_SIDES);
        nodes.push_back(std::move(node));
      }
    }
  }
  for (int core = 0; core < core_count; ++core) {
    Core& own = cores[static_cast<std::size_t>(core)];
    for (const auto& node : nodes) {
      if (node->core != core && node->core != -1) continue;
      if (node->side != SIM_CODE) own.data.push_back(node.get());
      if (node->side != SIM_DATA) own.code.push_back(node.get());
      if (node->level < private_levels_) own.privates.push_back(node.get());
    }
    const std::uint32_t seed = machine.seed + static_cast<std::uint32_t>(core);
    if (machine.tlb.small.ways > 0) own.small = std::make_unique<SlowCache>(machine.tlb.small, seed);
    if (machine.tlb.huge.ways > 0) own.huge = std::make_unique<SlowCache>(machine.tlb.huge, seed + 1);
    if (machine.tlb.second.ways > 0) own.second = std::make_unique<SlowCache>(machine.tlb.second, seed + 2);
  }
}

int SlowHierarchy::translate(Core& core, std::uint64_t page_address, bool huge) {
  // Number of the page, and a mark that keeps huge pages apart from small ones where they live together.
  const std::uint64_t page = huge ? page_address / (2 << 20) + (std::uint64_t{1} << 57) : page_address / 4096;
  SlowCache& first = huge && core.huge ? *core.huge : *core.small;
  if (first.find(page)) {
    first.use(page);
    return SIM_FIRST_TLB;
  }
  ++core.first_misses;
  first.insert({.line = page});
  if (core.second && core.second->find(page)) {
    core.second->use(page);
    return SIM_SECOND_TLB;
  }
  if (core.second) core.second->insert({.line = page});
  ++core.walks;
  return SIM_PAGE_WALK;
}

sim_outcome SlowHierarchy::access(std::uint32_t core_index, sim_kind kind, std::uint64_t address, std::uint32_t bytes,
                                  std::uint64_t pc, bool (*is_huge)(void*, std::uint64_t)) {
  Core& core = cores[core_index];
  const std::uint64_t last = address + bytes - 1;
  sim_outcome outcome{0, 0};
  if (core.small && kind != SIM_FETCH) {
    for (std::uint64_t page = address / 4096; page <= last / 4096; ++page) {
      const int by = translate(core, page * 4096, is_huge(nullptr, page * 4096));
      outcome.translated_by = std::max(outcome.translated_by, static_cast<std::uint32_t>(by));
    }
  }
  const std::uint64_t first_line = address / machine_.line_bytes;
  const std::uint64_t last_line = last / machine_.line_bytes;
  if (machine_.straddle_as_one) {
    outcome.served_by = static_cast<std::uint32_t>(refer_as_one(core, kind, first_line, last_line));
    return outcome;
  }
  for (std::uint64_t line = first_line; line <= last_line; ++line) {
    outcome.served_by = std::max(outcome.served_by, static_cast<std::uint32_t>(refer(core, kind, line, pc)));
  }
  return outcome;
}

void SlowHierarchy::pass_down(const Node& from, std::uint64_t line, bool dirty) {
  const int next = from.level + 1;
  if (next == levels_) {
    if (dirty) ++memory_writes;
    return;
  }
  Core& core = cores[from.core == -1 ? 0 : static_cast<std::size_t>(from.core)];
  Node& below = *(from.side == SIM_CODE ? core.code : core.data)[static_cast<std::size_t>(next)];
  if (!dirty && machine_.levels[next].inclusion != SIM_EXCLUSIVE) return;
  if (SlowLine* const held = below.cache.find(line)) {
    held->dirty = held->dirty || dirty;
  } else {
    insert(below, {.line = line, .dirty = dirty});
  }
}

void SlowHierarchy::insert(Node& node, const SlowLine& line) {
  const std::optional<SlowLine> victim = node.cache.insert(line);
  if (!victim) return;
  ++node.counts.evictions;
  if (victim->prefetched) ++node.counts.useless_prefetches;
  bool dirty = victim->dirty;
  if (machine_.levels[node.level].inclusion == SIM_INCLUSIVE) {
    for (const auto& above : nodes) {
      const bool same_core = node.core == -1 || node.core == above->core;
      const bool same_side = node.side == SIM_SIDES || above->side == SIM_SIDES || node.side == above->side;
      if (above->level >= node.level || !same_core || !same_side) continue;
      if (const SlowLine* const held = above->cache.find(victim->line)) {
        dirty = dirty || held->dirty;
        if (held->prefetched) ++above->counts.useless_prefetches;
        ++above->counts.back_invalidations;
        above->cache.remove(victim->line);
      }
    }
  }
  if (dirty) ++node.counts.write_backs;
  pass_down(node, victim->line, dirty);
}

void SlowHierarchy::ask_others(Core& core, std::uint64_t line, bool to_write) {
  bool taken = false;
  for (Core& other : cores) {
    if (&other == &core) continue;
    bool dirty = false;
    for (Node* const node : other.privates) {
      SlowLine* const held = node->cache.find(line);
      if (!held) continue;
      dirty = dirty || held->dirty;
      held->dirty = false;
      if (!to_write) continue;
      taken = true;
      if (held->prefetched) ++node->counts.useless_prefetches;
      ++node->counts.invalidations;
      node->cache.take(line);
    }
    if (dirty) {
      Node& outermost = *other.data[static_cast<std::size_t>(private_levels_ - 1)];
      ++outermost.counts.write_backs;
      pass_down(outermost, line, true);
    }
  }
  if (taken) ++core.invalidating_stores;
}

int SlowHierarchy::bring(std::vector<Node*>& path, std::uint64_t line, int to, bool* first_use) {
  int from = to + 1;
  while (from < levels_ && !path[static_cast<std::size_t>(from)]->cache.find(line)) ++from;
  bool dirty = false;
  if (from == levels_) {
    ++memory_reads;
  } else {
    Node& holder = *path[static_cast<std::size_t>(from)];
    SlowLine& held = *holder.cache.find(line);
    if (held.prefetched) ++holder.counts.useful_prefetches;
    *first_use = held.prefetched;
    held.prefetched = false;
    if (machine_.levels[from].inclusion == SIM_EXCLUSIVE) {
      dirty = held.dirty;
      holder.cache.remove(line);
    } else {
      holder.cache.use(line);
    }
  }
  for (int level = from - 1; level >= to; --level) {
    if (level > to && machine_.levels[level].inclusion == SIM_EXCLUSIVE) continue;
    insert(*path[static_cast<std::size_t>(level)], {.line = line, .dirty = dirty});
    dirty = false;
  }
  return from;
}

int SlowHierarchy::refer(Core& core, sim_kind kind, std::uint64_t line, std::uint64_t pc) {
  std::vector<Node*>& path = kind == SIM_FETCH ? core.code : core.data;
  const bool in_private = std::any_of(path.begin(), path.begin() + private_levels_,
                                      [line](Node* node) { return node->cache.find(line) != nullptr; });
  if (!in_private && std::any_of(core.privates.begin(), core.privates.end(),
                                 [line](Node* node) { return node->cache.was_taken(line); }))
    ++core.coherence_misses[kind];
  if (kind == SIM_STORE || !in_private) ask_others(core, line, kind == SIM_STORE);

  int served_by = 0;
  bool first_use = false;
  if (SlowLine* const held = path[0]->cache.find(line)) {
    first_use = held->prefetched;
    if (first_use) ++path[0]->counts.useful_prefetches;
    held->prefetched = false;
    path[0]->cache.use(line);
  } else {
    served_by = bring(path, line, 0, &first_use);
  }
  for (int level = 0; level < served_by; ++level) ++core.misses[level][kind];
  if (kind == SIM_STORE && machine_.writes_back) path[0]->cache.find(line)->dirty = true;
  train(core, path, line, pc, served_by, first_use);
  return served_by;
}

void SlowHierarchy::train(Core& core, std::vector<Node*>& path, std::uint64_t line, std::uint64_t pc, int served_by,
                          bool first_use) {
  for (int level = 0; level < levels_ && level <= served_by; ++level) {
    const sim_level& description = machine_.levels[level];
    std::int64_t step = 0;
    if (description.prefetch == SIM_NEXT_LINE && (level < served_by || first_use)) step = 1;
    if (description.prefetch == SIM_STRIDE) {
      Node::Stride& seen = path[static_cast<std::size_t>(level)]->strides[pc % SIM_STRIDE_ENTRIES];
      if (!seen.known || seen.pc != pc) {
        seen = {.known = true, .pc = pc, .line = line};
      } else if (seen.line != line) {
        const std::int64_t distance = static_cast<std::int64_t>(line) - static_cast<std::int64_t>(seen.line);
        seen.repeated = distance == seen.distance ? seen.repeated + 1 : 0;
        seen.distance = distance;
        seen.line = line;
        if (seen.repeated >= 2) step = distance;
      }
    }
    const std::uint64_t page_lines = 4096 / machine_.line_bytes;
    for (std::int64_t i = 1; step != 0 && i <= static_cast<std::int64_t>(description.degree); ++i) {
      const std::uint64_t next = line + static_cast<std::uint64_t>(i * step);
      if (next / page_lines != line / page_lines) break;
      prefetch(core, path, level, next);
    }
  }
}

void SlowHierarchy::prefetch(Core& core, std::vector<Node*>& path, int to, std::uint64_t line) {
  for (int level = 0; level <= to; ++level) {
    if (path[static_cast<std::size_t>(level)]->cache.find(line)) return;
  }
  const bool in_private = std::any_of(path.begin(), path.begin() + private_levels_,
                                      [line](Node* node) { return node->cache.find(line) != nullptr; });
  if (to < private_levels_ && !in_private) ask_others(core, line, false);
  bool first_use = false;
  bring(path, line, to, &first_use);
  Node& node = *path[static_cast<std::size_t>(to)];
  node.cache.find(line)->prefetched = true;
  ++node.counts.prefetches;
}

int SlowHierarchy::refer_as_one(Core& core, sim_kind kind, std::uint64_t first, std::uint64_t last) {
  std::vector<Node*>& path = kind == SIM_FETCH ? core.code : core.data;
  for (int level = 0; level < levels_; ++level) {
    Node& node = *path[static_cast<std::size_t>(level)];
    bool missed = false;
    for (std::uint64_t line = first; line <= last; ++line) {
      if (node.cache.find(line)) {
        node.cache.use(line);
      } else {
        missed = true;
        insert(node, {.line = line});
      }
    }
    if (!missed) return level;
    ++core.misses[level][kind];
  }
  ++memory_reads;
  return levels_;
}

}  // namespace countercheck
