/// Which of the 64 bytes at `start` a reader of delimited text must look at: the lowest bit speaks of the first byte.
///
/// They are the quote, the delimiter and everything below a space: line ends, tabs and control characters.
@inline(__always)
func structuralMask(_ start: UnsafePointer<UInt8>, quote: SIMD16<UInt8>, delimiter: SIMD16<UInt8>) -> UInt64 {
  let raw = UnsafeRawPointer(start)
  let low = sixteenBits(raw, quote, delimiter) | sixteenBits(raw + 16, quote, delimiter) &<< 16
  let high = sixteenBits(raw + 32, quote, delimiter) | sixteenBits(raw + 48, quote, delimiter) &<< 16
  return low | high &<< 32
}

@inline(__always)
private func sixteenBits(_ raw: UnsafeRawPointer, _ quote: SIMD16<UInt8>, _ delimiter: SIMD16<UInt8>) -> UInt64 {
  let bytes = raw.loadUnaligned(as: SIMD16<UInt8>.self)
  let controlBits = SIMD16<UInt8>(repeating: 0xE0)
  let none = SIMD16<UInt8>(repeating: 0)
  let isQuote: SIMDMask<SIMD16<Int8>> = bytes .== quote
  let isDelimiter: SIMDMask<SIMD16<Int8>> = bytes .== delimiter
  let isControl: SIMDMask<SIMD16<Int8>> = (bytes & controlBits) .== none
  let lanes =
    unsafeBitCast(isQuote, to: SIMD2<UInt64>.self) | unsafeBitCast(isDelimiter, to: SIMD2<UInt64>.self)
    | unsafeBitCast(isControl, to: SIMD2<UInt64>.self)
  let weighed = lanes & SIMD2<UInt64>(repeating: 0x8040_2010_0804_0201)
  let first = (weighed[0] &* 0x0101_0101_0101_0101) &>> 56
  let second = (weighed[1] &* 0x0101_0101_0101_0101) &>> 56
  return first | second &<< 8
}
