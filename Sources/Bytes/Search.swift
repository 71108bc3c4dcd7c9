/// Binary search.
package enum Search {
  /// The first index of `range` for which `isPast` holds, where it holds for all that follow; the upper bound where it holds for none.
  @inlinable @inline(__always) package static func firstIndex(in range: Range<Int>, where isPast: (Int) -> Bool) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low &+ high) &>> 1
      if isPast(middle) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }
}
