#pragma once

#include <memory>

#include "analysis/book_reading.hpp"
#include "reports/report.hpp"

namespace countercheck {

// The book's tables and what they tell; one counter table alone begins with its block as perf printed it.
std::unique_ptr<Report> make_book_report(Form form, BookReading reading, const ReportOptions& options = {});

}  // namespace countercheck
