// Puts a store together: the data folder and its lock, the dialect, migrations, readers and the writer.
#include <filesystem>

#include <fcntl.h>
#include <soci/soci.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/commands.hpp"
#include "store/migrate.hpp"
#include "store/readers.hpp"

namespace yunzhi::store {
namespace {

// Held for the life of the process; a second server on the same folder is turned away.
class FolderLock {
 public:
  explicit FolderLock(std::string const& path)
      : descriptor_(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {}
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FolderLock(FolderLock const&) = delete;
  FolderLock& operator=(FolderLock const&) = delete;
  [[nodiscard]] bool opened() const { return descriptor_ >= 0; }
  [[nodiscard]] bool taken() const {
    return descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
  }

 private:
  int descriptor_;
};

class OpenStore : public Store {
 public:
  OpenStore(Options options, std::unique_ptr<FolderLock> lock, std::unique_ptr<DialectRules> rules)
      : options_(std::move(options)),
        lock_(std::move(lock)),
        rules_(std::move(rules)),
        readers_(*rules_, options_.readers),
        commands_(*rules_, options_) {}

  void submit(std::function<bool(Edit&)> act, std::function<void(std::exception_ptr)> done) override {
    commands_.submit(std::move(act), std::move(done));
  }
  [[nodiscard]] Dialect dialect() const override { return rules_->dialect(); }
  [[nodiscard]] Clock const& clock() const override { return options_.clock; }

 protected:
  void look(std::function<void(Reader&)> const& act) override { readers_.look(act); }

 private:
  Options options_;
  std::unique_ptr<FolderLock> lock_;
  std::unique_ptr<DialectRules> rules_;
  Readers readers_;
  Commands commands_;
};

class ReadOnlyStore : public Store {
 public:
  ReadOnlyStore(Options options, std::unique_ptr<DialectRules> rules)
      : options_(std::move(options)), rules_(std::move(rules)), readers_(*rules_, options_.readers) {}
  void submit(std::function<bool(Edit&)>, std::function<void(std::exception_ptr)>) override {
    throw std::logic_error("a store opened for reading takes no commands");
  }
  [[nodiscard]] Dialect dialect() const override { return rules_->dialect(); }
  [[nodiscard]] Clock const& clock() const override { return options_.clock; }

 protected:
  void look(std::function<void(Reader&)> const& act) override { readers_.look(act); }

 private:
  Options options_;
  std::unique_ptr<DialectRules> rules_;
  Readers readers_;
};

std::unique_ptr<DialectRules> rules_for(Options const& options) {
  if (options.database.empty())
    return sqlite_rules((std::filesystem::path(options.data) / "yunzhi.db").string());
  return postgresql_rules(options.database);
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(Options options, std::vector<Migration> const& migrations) {
  std::error_code error;
  std::filesystem::create_directories(options.data, error);
  if (error)
    return refuse(Why::invalid, "data", "the folder {} cannot be made: {}", options.data, error.message());
  auto lock = std::make_unique<FolderLock>((std::filesystem::path(options.data) / "lock").string());
  if (!lock->opened()) return refuse(Why::invalid, "data", "the folder {} cannot be written", options.data);
  if (!lock->taken())
    return refuse(Why::busy, "data", "another server is running on the folder {}", options.data);
  try {
    auto rules = rules_for(options);
    {
      Connection connection(*rules, true);
      auto const migrated = migrate(connection, migrations, options.clock());
      if (migrated.has_error()) return migrated.error();
    }
    return std::unique_ptr<Store>(
        std::make_unique<OpenStore>(std::move(options), std::move(lock), std::move(rules)));
  } catch (std::exception const& thrown) {
    return refuse(Why::invalid, "database", "the database cannot be opened: {}", thrown.what());
  }
}

Result<std::unique_ptr<Store>> Store::open_to_read(Options options) {
  try {
    auto rules = rules_for(options);
    Connection const probe(*rules, false);
    return std::unique_ptr<Store>(std::make_unique<ReadOnlyStore>(std::move(options), std::move(rules)));
  } catch (std::exception const& thrown) {
    return refuse(Why::invalid, "database", "the database cannot be opened: {}", thrown.what());
  }
}

}  // namespace yunzhi::store
