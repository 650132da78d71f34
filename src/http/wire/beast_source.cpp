// Beast's own function bodies, compiled once; the room is built with BOOST_BEAST_SEPARATE_COMPILATION.
#include <boost/beast/src.hpp>
