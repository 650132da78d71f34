// One HTTP POST, now, waited for.
#pragma once

#include "notify/parcel.hpp"

namespace yunzhi::notify {

/// Refused with what went wrong when the receiver could not be reached within `timeout_ms`, or did not
/// answer 2xx. Follows no redirection; what the receiver answers is not read.
Result<> post(HttpParcel const& parcel, long timeout_ms);

}  // namespace yunzhi::notify
