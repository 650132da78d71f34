// The whole product put together, from the ground up; taken apart in reverse.
#pragma once

#include <memory>
#include <string>

#include "app/configuration.hpp"

namespace yunzhi::app {

class House {
 public:
  /// Opens everything. Refused with every mistake of pack, configuration or database.
  static Result<std::unique_ptr<House>> build(Configuration const& configuration);
  ~House();
  House(House const&) = delete;
  House& operator=(House const&) = delete;

  /// Binds the address, begins to serve, to watch and to check. Refused when the address is taken.
  Result<> open_door();

  [[nodiscard]] std::uint16_t port() const;
  /// The code of the first run; empty once it is done.
  [[nodiscard]] std::string setup_code() const;
  /// Does the first run from the body of POST /setup.
  Result<> setup(json::object const& body);

 private:
  struct Rooms;
  explicit House(std::unique_ptr<Rooms> rooms);
  std::unique_ptr<Rooms> rooms_;
};

/// The migrations inside the program, in the order of the rooms.
std::vector<store::Migration> migrations();

}  // namespace yunzhi::app
