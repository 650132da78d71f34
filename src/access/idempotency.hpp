// Idempotency-Key: a command whose answer was lost may be sent again with the same key and is not done
// twice. The reply is stored in the command's own transaction and kept for a day.
#pragma once

#include "access/gate.hpp"

namespace yunzhi::access {

inline constexpr std::size_t idempotency_key_bytes = 128;

/// Runs the work, or gives the reply it had before when the request carries a key that was used. The same
/// key with another request is refused as a conflict.
Gate::Answer once(Call const& call, store::Edit& edit, Gate::Write const& work);

}  // namespace yunzhi::access
