import Bytes
import RDF

/// A term with what its place in the total order of ``TermClass`` depends on. It borrows its bytes.
struct OrderedTerm {
  var termClass: TermClass
  /// The bytes of the IRI, the label or the lexical form.
  var view: ByteView
  /// The language tag or datatype of a ``TermClass/tagged`` or ``TermClass/other`` literal, else empty.
  var qualifier = ByteView.empty
  /// The value of a ``TermClass/number``.
  var number = PackedNumber(payload: 0, form: 0)
  /// The value of a ``TermClass/dateTime`` or ``TermClass/date``.
  var moment = PackedMoment(seconds: 0, flags: 0)

  /// The order of two terms: negative, 0 where they are the same term, or positive.
  static func compare(_ left: OrderedTerm, _ right: OrderedTerm) -> Int {
    if left.termClass != right.termClass { return left.termClass.rawValue < right.termClass.rawValue ? -1 : 1 }
    switch left.termClass {
    case .blankNode, .iri, .string: break
    case .number:
      let order = left.number.value(left.view).compare(exactly: right.number.value(right.view))
      if order != 0 { return order }
      let types = Int(left.number.form & 15) - Int(right.number.form & 15)
      if types != 0 { return types }
    case .dateTime, .date:
      let instant = left.moment.instant(left.view)
      let other = right.moment.instant(right.view)
      if instant != other { return instant < other ? -1 : 1 }
      if left.moment.isStamp != right.moment.isStamp { return left.moment.isStamp ? 1 : -1 }
    case .boolean:
      let isTrue = BooleanValue(lexical: left.view)?.isTrue ?? false
      if isTrue != (BooleanValue(lexical: right.view)?.isTrue ?? false) { return isTrue ? 1 : -1 }
    case .tagged:
      let order = left.qualifier.order(ignoringCase: right.qualifier)
      if order != 0 { return order }
    case .other:
      let order = compare(left.qualifier, right.qualifier)
      if order != 0 { return order }
    }
    return compare(left.view, right.view)
  }

  /// Whether another datatype is this term's, or another tag, which may be spelt in other capitals.
  func sharesQualifier(_ other: ByteView) -> Bool { termClass == .tagged ? qualifier.equalsIgnoringCase(other) : qualifier == other }

  private static func compare(_ left: ByteView, _ right: ByteView) -> Int { left == right ? 0 : left < right ? -1 : 1 }
}

/// What a datatype means for the order of its literals.
enum DatatypeRole: Equatable {
  case number(NumericType)
  case dateTime(isStamp: Bool)
  case date
  case boolean
  case other

  init(_ datatype: ByteView) {
    self = .other
    let namespace = XSD.namespace.count
    guard XSD.namespace.withView({ datatype.hasPrefix($0) }) else { return }
    let name = datatype.dropFirst(namespace)
    if let type = NumericType(datatype: datatype) {
      self = .number(type)
    } else if name == "dateTime" || name == "dateTimeStamp" {
      self = .dateTime(isStamp: name == "dateTimeStamp")
    } else if name == "date" {
      self = .date
    } else if name == "boolean" {
      self = .boolean
    }
  }
}

extension OrderedTerm {
  /// A literal with a datatype other than xsd:string, put in its class by what it says.
  init(_ view: ByteView, datatype: ByteView, role: DatatypeRole, key: inout UInt64, scratch: inout ByteBuffer) {
    self.init(termClass: .other, view: view)
    switch role {
    case .number(let type):
      if let value = PackedNumber(type, view, key: &key, scratch: &scratch) {
        termClass = .number
        number = value
        return
      }
    case .dateTime(let isStamp):
      if let value = isStamp ? DateTimeValue(stamp: view) : DateTimeValue(lexical: view) {
        termClass = .dateTime
        moment = PackedMoment(value.instant, value.zone, isStamp: isStamp)
        return
      }
    case .date:
      if let value = DateValue(lexical: view) {
        termClass = .date
        moment = PackedMoment(value.instant, value.zone, isStamp: false)
        return
      }
    case .boolean:
      if BooleanValue(lexical: view) != nil {
        termClass = .boolean
        return
      }
    case .other: break
    }
    qualifier = datatype
  }

  /// Lends a term of any kind in the shape that is looked up.
  static func with<Result>(_ term: Term, _ body: (OrderedTerm) -> Result) -> Result {
    switch term {
    case .iri(let iri): return iri.withView { body(OrderedTerm(termClass: .iri, view: $0)) }
    case .blankNode(let label): return label.withView { body(OrderedTerm(termClass: .blankNode, view: $0)) }
    case .literal(let lexical, .language(let tag)):
      return lexical.withView { view in
        tag.withView { body(OrderedTerm(termClass: .tagged, view: view, qualifier: $0)) }
      }
    case .literal(let lexical, .datatype(let datatype)):
      if datatype == XSD.string { return lexical.withView { body(OrderedTerm(termClass: .string, view: $0)) } }
      return lexical.withView { view in
        datatype.withView { datatype in
          var key: UInt64 = 0
          var scratch = ByteBuffer()
          return body(OrderedTerm(view, datatype: datatype, role: DatatypeRole(datatype), key: &key, scratch: &scratch))
        }
      }
    }
  }
}
