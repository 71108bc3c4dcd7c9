import Problems

/// Sorting that can be ended: runs are sorted one by one and then merged, with a check between.
enum SortedRuns {
  /// How many elements are sorted or merged between two checks, which takes some hundredths of a second.
  private static let runSize = 1 << 18

  /// Sorts elements; those that are equal keep their order.
  /// - Parameter check: throws where the query has come to its end.
  @inline(__always)
  static func sort<Element>(
    _ elements: inout [Element], _ isBefore: (Element, Element) -> Bool, check: () throws(Failure) -> Void
  ) throws(Failure) {
    let count = elements.count
    if count <= runSize { return elements.sort(by: isBefore) }
    for start in stride(from: 0, to: count, by: runSize) {
      elements[start..<min(start + runSize, count)].sort(by: isBefore)
      try check()
    }
    var width = runSize
    while width < count {
      var merged: [Element] = []
      merged.reserveCapacity(count)
      for start in stride(from: 0, to: count, by: 2 * width) {
        let middle = min(start + width, count)
        let end = min(start + 2 * width, count)
        var (left, right) = (start, middle)
        while left < middle || right < end {
          // As many as can be merged before the next check.
          for _ in 0..<min(runSize, middle - left + end - right) {
            if right == end || left < middle && !isBefore(elements[right], elements[left]) {
              merged.append(elements[left])
              left += 1
            } else {
              merged.append(elements[right])
              right += 1
            }
          }
          try check()
        }
      }
      elements = merged
      width *= 2
    }
  }
}
