// Which series of two vectors belong together, and the operation between them.
#pragma once

#include "monitor/query/evaluator.hpp"

namespace yunzhi::monitor {

/// A comparison without bool keeps `kept` where it holds, and is missing elsewhere.
double apply(BinaryNode const& node, double left, double right, double kept);

/// Whether the result of the operation is no longer what the metric's name says.
bool drops_name(BinaryNode const& node);

/// The labels by which series are matched.
Labels signature(BinaryNode const& node, Labels const& labels);

/// Series are matched once by their signature. Refused at steps where a side has several of one signature
/// that should have one, in Prometheus' words.
Result<Value> match_vectors(Evaluator& evaluator, BinaryNode const& node, Value const& left,
                            Value const& right);

}  // namespace yunzhi::monitor
