// A value that follows another one once it has rested for a while.
import { useEffect, useState } from 'react';

export function useDelayed<T>(value: T, delay_ms = 250): T {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delay_ms);
    return () => clearTimeout(timer);
  }, [value, delay_ms]);
  return delayed;
}
