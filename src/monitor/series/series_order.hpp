// Where series stand in order of labels. Comparing labels again for each question would cost more than all
// the rest of finding them.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "monitor/series/series_id.hpp"

namespace yunzhi::monitor {

class SeriesOrder {
 public:
  using Before = std::function<bool(SeriesId, SeriesId)>;

  /// Sorts ids smaller than `count`, the number of series there are, which only grows; `before` compares the
  /// labels of two. Series that are new since the last time are put in their places first, unless few are
  /// asked for. Safe to call from several threads.
  void sort(std::vector<SeriesId>& ids, std::size_t count, Before const& before);

 private:
  using Places = std::vector<std::uint32_t>;

  std::shared_ptr<Places const> places(std::size_t asked, std::size_t count, Before const& before);

  std::mutex guard_;
  std::vector<SeriesId> ordered_;
  std::shared_ptr<Places const> places_ = std::make_shared<Places>();  ///< by id
};

}  // namespace yunzhi::monitor
