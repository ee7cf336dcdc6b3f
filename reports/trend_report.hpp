#pragma once

#include <memory>

#include "analysis/trend.hpp"
#include "reports/report.hpp"

namespace countercheck {

enum class TrendForm { text, markdown, csv, json };

std::unique_ptr<Report> make_trend_report(TrendForm form, Trend trend, const ReportOptions& options = {});

}  // namespace countercheck
