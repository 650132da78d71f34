// Sums, averages and extremes over a range. Whole blocks of samples are summed up once per series, and a
// window is put together from its blocks and the samples at its edges; sums lose no small parts (Neumaier).
#include <algorithm>

#include "monitor/query/series_functions.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t block_samples = 64;

struct Block {
  ExactSum sum;
  double least = 0;
  double most = 0;
};

double lesser(double a, double b) {
  return b < a || std::isnan(a) ? b : a;
}

double greater(double a, double b) {
  return b > a || std::isnan(a) ? b : a;
}

Block block_of(std::span<Sample const> samples) {
  Block block;
  block.least = block.most = samples[0].value;
  block.sum.add(samples);
  for (auto const& sample : samples) {
    block.least = lesser(block.least, sample.value);
    block.most = greater(block.most, sample.value);
  }
  return block;
}

// Blocks are worth their making when a sample is seen by several long windows.
std::vector<Block> blocks_of(Slide const& slide) {
  std::size_t seen = 0;
  for (std::size_t step = 0; step < slide.steps(); ++step)
    seen += slide.bounds(step).end - slide.bounds(step).begin;
  std::vector<Block> blocks;
  auto const samples = slide.samples();
  if (seen < samples.size() * 2 || seen / std::max<std::size_t>(slide.steps(), 1) < 4 * block_samples)
    return blocks;
  for (std::size_t at = 0; at + block_samples <= samples.size(); at += block_samples)
    blocks.push_back(block_of(samples.subspan(at, block_samples)));
  return blocks;
}

// Calls for single samples and whole blocks, in order of time.
template <class OnSample, class OnBlock>
void each_part(std::span<Sample const> samples, std::vector<Block> const& blocks, WindowBounds bounds,
               OnSample on_sample, OnBlock on_block) {
  auto at = bounds.begin;
  while (at < bounds.end) {
    auto const block = at / block_samples;
    if (at % block_samples == 0 && at + block_samples <= bounds.end && block < blocks.size()) {
      on_block(blocks[block]);
      at += block_samples;
    } else {
      on_sample(samples[at++].value);
    }
  }
}

double sum_of(std::span<Sample const> samples, std::vector<Block> const& blocks, WindowBounds bounds) {
  ExactSum sum;
  if (blocks.empty()) {
    sum.add(samples.subspan(bounds.begin, bounds.end - bounds.begin));
    return sum.total();
  }
  each_part(
      samples, blocks, bounds, [&](double value) { sum.add(value); },
      [&](Block const& block) {
        sum.add(block.sum.sum());
        sum.add(block.sum.rest());
      });
  return sum.total();
}

void sum_over(Slide const& slide) {
  auto const blocks = blocks_of(slide);
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (!slide.is_empty(step)) slide.put(step, sum_of(slide.samples(), blocks, slide.bounds(step)));
  }
}

// The sum may overflow where the mean does not: then the mean moves towards each value in turn.
double careful_mean(std::span<Sample const> samples) {
  double mean = 0;
  double seen = 0;
  for (auto const& sample : samples) {
    ++seen;
    if (std::isinf(mean) && (sample.value == mean || std::isfinite(sample.value))) continue;
    mean += sample.value / seen - mean / seen;
  }
  return mean;
}

void avg_over(Slide const& slide) {
  auto const blocks = blocks_of(slide);
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (slide.is_empty(step)) continue;
    auto const [begin, end] = slide.bounds(step);
    double const sum = sum_of(slide.samples(), blocks, {begin, end});
    slide.put(step, std::isfinite(sum) ? sum / static_cast<double>(end - begin)
                                       : careful_mean(slide.samples().subspan(begin, end - begin)));
  }
}

void min_over(Slide const& slide) {
  auto const blocks = blocks_of(slide);
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (slide.is_empty(step)) continue;
    double result = not_a_number;
    each_part(
        slide.samples(), blocks, slide.bounds(step), [&](double value) { result = lesser(result, value); },
        [&](Block const& block) { result = lesser(result, block.least); });
    slide.put(step, result);
  }
}

void max_over(Slide const& slide) {
  auto const blocks = blocks_of(slide);
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    if (slide.is_empty(step)) continue;
    double result = not_a_number;
    each_part(
        slide.samples(), blocks, slide.bounds(step), [&](double value) { result = greater(result, value); },
        [&](Block const& block) { result = greater(result, block.most); });
    slide.put(step, result);
  }
}

void count_over(Slide const& slide) {
  for (std::size_t step = 0; step < slide.steps(); ++step) {
    auto const [begin, end] = slide.bounds(step);
    if (begin != end) slide.put(step, static_cast<double>(end - begin));
  }
}

}  // namespace

std::vector<Function> average_functions() {
  return {over_slide("sum_over_time", sum_over), over_slide("avg_over_time", avg_over),
          over_slide("min_over_time", min_over), over_slide("max_over_time", max_over),
          over_slide("count_over_time", count_over)};
}

}  // namespace yunzhi::monitor
