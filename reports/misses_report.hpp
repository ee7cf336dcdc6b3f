#pragma once

#include <memory>

#include "analysis/miss_summary.hpp"
#include "reports/report.hpp"

namespace countercheck {

enum class MissesForm { text, markdown, csv, json };

std::unique_ptr<Report> make_misses_report(MissesForm form, MissSummary summary, const ReportOptions& options = {});

}  // namespace countercheck
