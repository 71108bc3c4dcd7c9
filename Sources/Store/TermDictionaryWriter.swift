import Bytes
import Problems

/// Makes a ``TermDictionary`` from terms that come in order.
struct TermDictionaryWriter: ~Copyable {
  private var strings = FrontCodedWriter()
  private var counts = [Int](repeating: 0, count: TermClass.allCases.count)
  private var groups: [TermDictionary.Group] = []
  private var groupClass = TermClass.blankNode
  private var payloads = Growing<Int64>()
  private var forms = Growing<UInt8>()
  private var seconds = Growing<Int64>()
  private var flags = Growing<UInt16>()

  /// How many terms there are so far.
  var count: Int { strings.count }

  mutating func add(_ term: OrderedTerm) {
    switch term.termClass {
    case .number:
      payloads.append(term.number.payload)
      forms.append(term.number.form)
    case .dateTime, .date:
      seconds.append(term.moment.seconds)
      flags.append(term.moment.flags)
    case .tagged, .other:
      let isKnown = groupClass == term.termClass && groups.last?.qualifier.withView { term.sharesQualifier($0) } == true
      if !isKnown {
        groupClass = term.termClass
        groups.append(TermDictionary.Group(qualifier: ByteString(term.qualifier), start: StoreID(strings.count)))
      }
    case .blankNode, .iri, .boolean, .string: break
    }
    counts[Int(term.termClass.rawValue)] += 1
    strings.add(term.view)
  }

  /// - Throws: ``ProblemCode/limitExceeded`` beyond 2³¹ terms or 4 GiB of their compressed bytes.
  consuming func finish() throws(Failure) -> TermDictionary {
    if strings.count >= Int(StoreID.firstQueryTerm) {
      throw Failure(.limitExceeded, ["what": .phrase("terms"), "limit": "\(StoreID.firstQueryTerm)"])
    }
    if strings.byteCount > Int(UInt32.max) { throw Failure(.limitExceeded, ["what": .phrase("term-bytes"), "limit": "\(UInt32.max)"]) }
    return assembled()
  }

  /// The dictionary of what has come, however much.
  consuming func assembled() -> TermDictionary {
    var bounds: [StoreID] = [0]
    var sum = 0
    for count in counts {
      sum += count
      bounds.append(StoreID(sum))
    }
    return TermDictionary(
      strings: strings.finish(), bounds: bounds, groups: groups, payloads: payloads.column(), forms: forms.column(),
      seconds: seconds.column(), flags: flags.column())
  }
}
