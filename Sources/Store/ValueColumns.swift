/// The values of numbers, dateTimes and dates by id, for loops that read many.
@frozen @usableFromInline package struct ValueColumns: @unchecked Sendable {
  /// The ids of all numbers.
  @usableFromInline package let numbers: Range<StoreID>
  /// The ids of all dateTimes and, after them, dates.
  @usableFromInline package let moments: Range<StoreID>
  @usableFromInline let payloads: UnsafePointer<Int64>
  @usableFromInline let forms: UnsafePointer<UInt8>
  @usableFromInline let seconds: UnsafePointer<Int64>
  @usableFromInline let flags: UnsafePointer<UInt16>

  init(_ dictionary: TermDictionary) {
    numbers = dictionary.range(.number)
    moments = dictionary.range(.dateTime).lowerBound..<dictionary.range(.date).upperBound
    payloads = UnsafePointer(dictionary.payloads.start)
    forms = UnsafePointer(dictionary.forms.start)
    seconds = UnsafePointer(dictionary.seconds.start)
    flags = UnsafePointer(dictionary.flags.start)
  }

  /// The number of an id in ``numbers``.
  @inlinable @inline(__always) package func number(_ id: StoreID) -> PackedNumber {
    assert(numbers.contains(id))
    let at = Int(id &- numbers.lowerBound)
    return PackedNumber(payload: payloads[at], form: forms[at])
  }

  /// The dateTime or date of an id in ``moments``.
  @inlinable @inline(__always) package func moment(_ id: StoreID) -> PackedMoment {
    assert(moments.contains(id))
    let at = Int(id &- moments.lowerBound)
    return PackedMoment(seconds: seconds[at], flags: flags[at])
  }
}
