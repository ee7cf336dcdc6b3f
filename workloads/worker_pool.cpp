#include "workloads/worker_pool.hpp"

#include <fmt/format.h>

#include <system_error>

#include "workloads/failure.hpp"

namespace countercheck::workloads {

WorkerPool::WorkerPool(unsigned threads) {
  threads_.reserve(threads);
  try {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    const std::size_t started = threads_.size();
    stop();
    throw Failure(fmt::format("only {} of {} threads could be started: {}", started, threads, error.what()));
  }
  run([] {});
}

WorkerPool::~WorkerPool() {
  stop();
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void WorkerPool::run(const std::function<void()>& job) {
  std::unique_lock lock(mutex_);
  job_ = &job;
  busy_ = static_cast<unsigned>(threads_.size());
  ++round_;
  wake_.notify_all();
  done_.wait(lock, [this] { return busy_ == 0; });
}

void WorkerPool::work() {
  unsigned long seen = 0;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || round_ != seen; });
    if (stopping_) return;
    seen = round_;
    const auto* job = job_;
    lock.unlock();
    (*job)();
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

}  // namespace countercheck::workloads
