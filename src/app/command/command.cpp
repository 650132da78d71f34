// What the sub-commands share.
#include "app/command/command.hpp"

#include <csignal>
#include <fstream>
#include <sstream>

namespace yunzhi::app {
namespace {

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

int fail(Refusal const& refusal) {
  std::fprintf(stderr, "%s\n", refusal.english().c_str());
  return 1;
}

Result<std::string> read_text(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse(Why::missing, path, "the file cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void block_signals() {
  auto const signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

int wait_for_signal() {
  auto const signals = ending_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}

}  // namespace yunzhi::app
