#include "cli/gate_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "experiment/command_words.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kShownCommit = 12;

std::string description_of(const Revision& revision) {
  return fmt::format("{} ({}: {})", revision.name, revision.commit.substr(0, kShownCommit), revision.subject);
}

}  // namespace

GateRun::GateRun(std::string build, std::vector<Variant> variants, bool quiet)
    : build_(std::move(build)), variants_(std::move(variants)), quiet_(quiet) {}

std::vector<MeasuredSide> GateRun::make(const std::vector<GateSide>& sides) {
  const auto is_revision = [](const GateSide& side) { return side.kind == GateSide::Kind::revision; };
  std::vector<Revision> revisions;
  if (std::any_of(sides.begin(), sides.end(), is_revision)) {
    repository_.emplace();
    worktrees_.emplace(*repository_);
  }
  for (const GateSide& side : sides) {
    if (is_revision(side)) revisions.push_back(repository_->get(side.text));
  }
  std::vector<MeasuredSide> made_sides;
  auto revision = revisions.begin();
  for (const GateSide& side : sides) {
    if (side.kind == GateSide::Kind::command) {
      made_sides.push_back({.description = side.text, .variants = {{.command = command_words(side.text)}}});
    } else if (is_revision(side)) {
      made_sides.push_back(made(*revision++));
    }
  }
  return made_sides;
}

MeasuredSide GateRun::made(const Revision& revision) {
  if (!quiet_) fmt::print(stderr, "countercheck: building {}\n", description_of(revision));
  const std::string& tree = worktrees_->add(revision);
  build(revision, tree, build_);
  MeasuredSide side{.description = description_of(revision), .variants = variants_};
  for (Variant& variant : side.variants) {
    variant.folder = std::filesystem::path(tree) / variant.folder;
    variant.revision = revision.commit;
  }
  return side;
}

}  // namespace countercheck
