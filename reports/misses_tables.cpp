#include "reports/misses_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "counters/counted_noun.hpp"
#include "reports/misses_sentences.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

std::string count_text(std::uint64_t count) {
  return shown_count(static_cast<double>(count));
}

// One digit behind the point, so that small rows can be told apart; the rows add up to 100 but for the rounding. None
// and all are only what is none and all.
std::string share_text(std::optional<double> share) {
  if (!share) return "";
  if (*share > 0 && *share < 0.001) return "<0.1 %";
  return fmt::format("{:.1f} %", *share < 1 ? std::min(*share * 100, 99.9) : 100);
}

class TableText {
 public:
  TableText(const MissSummary& summary, std::string noun, bool with_instructions)
      : summary_(summary), noun_(std::move(noun)), with_instructions_(with_instructions) {
    const std::size_t level = summary.tables.level;
    heads_ = {"share", summary.level_names[level] + " loads", "stores"};
    for (std::size_t at = 0; at < summary.level_names.size(); ++at) {
      if (at != level) heads_.push_back(summary.level_names[at]);
    }
    if (with_instructions) heads_.emplace_back("instr.");
    heads_.push_back(noun_);
  }

  template <typename Row, typename Name>
  CaptionedTable text(const MissTable<Row>& table, Name name) const {
    CaptionedTable text{fmt::format("{} misses by {}", summary_.level_names[summary_.tables.level], noun_),
                        {heads_, {}}};
    const auto add = [&](const Row& row, const std::string& called) {
      text.table.rows.push_back(numbers(row, table.total));
      text.table.rows.back().push_back(called);
    };
    for (const Row& row : table.rows) add(row, name(row));
    if (const std::string rest = rest_name(table); !rest.empty()) add(table.others, rest);
    add(table.total, "all");
    return text;
  }

 private:
  // Code without such misses has no row, and still ran. Empty: nothing is left over.
  template <typename Row>
  std::string rest_name(const MissTable<Row>& table) const {
    bool ran = false;
    if constexpr (requires { table.others.instructions; }) ran = table.others.instructions > 0;
    if (table.left_out > 0) return counted_noun(table.left_out, "other") + (ran ? " and the rest" : "");
    if (data_misses(table.others.levels[summary_.tables.level]) > 0) return "not attributed";
    return ran ? "the rest" : "";
  }

  template <typename Row>
  std::vector<std::string> numbers(const Row& row, const Row& total) const {
    const std::size_t level = summary_.tables.level;
    std::vector<std::string> texts = {share_text(miss_share(row.levels, total.levels, level)),
                                      count_text(row.levels[level].loads), count_text(row.levels[level].stores)};
    for (std::size_t at = 0; at < row.levels.size(); ++at) {
      if (at != level) texts.push_back(count_text(data_misses(row.levels[at])));
    }
    if constexpr (requires { row.instructions; }) {
      if (with_instructions_) texts.push_back(count_text(row.instructions));
    }
    return texts;
  }

  const MissSummary& summary_;
  std::string noun_;
  bool with_instructions_;
  std::vector<std::string> heads_;
};

}  // namespace

std::vector<CaptionedTable> misses_tables(const MissSummary& summary) {
  return {TableText(summary, "array", false).text(summary.tables.arrays, array_row_name),
          TableText(summary, "function", true).text(summary.tables.functions, code_row_name),
          TableText(summary, "line", true).text(summary.tables.lines, code_row_name)};
}

std::string listing_caption(const Listing& listing, const ListingPart& part) {
  const std::string of =
      part.path.empty() || part.path == listing.name ? listing.name : listing.name + ", " + part.path;
  return part.lines.empty() ? of : of + ": instructions, misses of each level, mispredicted branches";
}

std::string listing_rest(const Listing& listing) {
  if (listing.left_out == 0) return "";
  return fmt::format("not listed: what {} has of {} with few of its misses", listing.name,
                     counted_noun(listing.left_out, "more file"));
}

std::vector<std::string> listing_heads(const MissSummary& summary) {
  std::vector<std::string> heads = {"instr."};
  heads.insert(heads.end(), summary.level_names.begin(), summary.level_names.end());
  heads.emplace_back("mispr.");
  return heads;
}

std::vector<std::string> listing_numbers(const ListingLine& line, const MissSummary& summary) {
  if (!line.counts) return std::vector<std::string>(summary.level_names.size() + 2);
  const auto shown = [](std::uint64_t count) { return count == 0 ? "." : count_text(count); };
  std::vector<std::string> numbers = {shown(line.counts->instructions)};
  for (const Misses& misses : line.counts->levels) numbers.push_back(shown(data_misses(misses)));
  numbers.push_back(shown(line.counts->mispredicted));
  return numbers;
}

}  // namespace countercheck
