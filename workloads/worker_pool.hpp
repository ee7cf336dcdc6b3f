#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace countercheck::workloads {

// Threads that live as long as the pool and sleep between two jobs, as numexpr's do.
class WorkerPool {
 public:
  // Returns when all of them sleep: starting is over before the work begins. Throws Failure when the system refuses.
  explicit WorkerPool(unsigned threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  WorkerPool(WorkerPool&&) = delete;
  WorkerPool& operator=(WorkerPool&&) = delete;

  // Every thread does the job once; returns when the last is done. The caller sleeps meanwhile.
  void run(const std::function<void()>& job);

 private:
  void work();
  void stop();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  const std::function<void()>* job_ = nullptr;
  unsigned long round_ = 0;  // of the job they are to do: a thread that has done it waits for the next
  unsigned busy_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace countercheck::workloads
