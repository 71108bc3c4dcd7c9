package import Bytes
package import Problems
package import RDF

/// The one door to data: query text in, batches of solutions or quads out. The embedded store is one source, another endpoint may be one.
///
/// Any number of tasks may ask at the same time. A source answers from one state of its data from the first batch to the last.
package protocol GraphSource: AnyObject, Sendable {
  /// Answers a request, and returns when all was delivered. The sink is called by one thread at a time, never by the caller's.
  ///
  /// When the task is cancelled, the query is stopped.
  /// - Throws: ``ProblemCode/querySyntax``, ``ProblemCode/queryDepth``, ``ProblemCode/queryUpdate``, ``ProblemCode/queryUnsupported``,
  ///   ``ProblemCode/serviceForbidden``, ``ProblemCode/serviceFailed``,
  ///   ``ProblemCode/queryForm`` where the query's form is not one of the request's, ``ProblemCode/queryTimeout``,
  ///   ``ProblemCode/queryRows``, ``ProblemCode/queryMemory``, ``ProblemCode/queryCancelled``, ``ProblemCode/queryBusy``, and what the
  ///   sink throws. Once the sink was told to begin, what it has is not whole.
  func answer(_ request: QueryRequest, to sink: any AnswerSink) async throws(Failure)

  /// Names the state of the data that an answer would come from now, as ``AnswerHead/version`` does; nil where only an answer can tell.
  var version: ByteString? { get }
}

extension GraphSource {
  /// Nothing is known before an answer comes.
  package var version: ByteString? { nil }
}

/// What is asked of a ``GraphSource``.
package struct QueryRequest: Sendable {
  /// A form of queries, as a set.
  package struct Forms: OptionSet, Sendable {
    /// The bits.
    package let rawValue: UInt8
    /// A set of these bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// SELECT.
    package static let select = Forms(rawValue: 1)
    /// ASK.
    package static let ask = Forms(rawValue: 2)
    /// CONSTRUCT.
    package static let construct = Forms(rawValue: 4)
    /// DESCRIBE.
    package static let describe = Forms(rawValue: 8)
    /// All four.
    package static let all: Forms = [.select, .ask, .construct, .describe]
  }

  /// The query.
  package var text: ByteString
  /// What the user calls the text, for messages; or nil.
  package var name: String?
  /// What relative IRIs are resolved against; or nil.
  package var base: ByteString?
  /// The version of the language that was announced beside the query (SPARQL 1.2 Protocol §2.1); or nil.
  package var version: QueryVersion?
  /// Which forms the asker can take.
  package var forms: Forms = .all
  /// The graphs that the protocol names (SPARQL 1.1 Protocol §2.1.4), which come before those of the query; empty where it names none.
  package var dataset = DatasetClause()
  /// What it may cost.
  package var budget = QueryBudget()

  /// A request for this query.
  package init(_ text: ByteString, name: String? = nil, base: ByteString? = nil) {
    self.text = text
    self.name = name
    self.base = base
  }
}

/// What a query may cost; nil for no limit.
package struct QueryBudget: Sendable {
  /// From the moment it is asked to the last batch, waiting included.
  package var time: Duration?
  /// How many solutions, or quads, it may give.
  package var rows: Int?
  /// How many bytes of working memory it may hold at a time.
  package var memory: Int?

  /// A budget.
  package init(time: Duration? = nil, rows: Int? = nil, memory: Int? = nil) {
    self.time = time
    self.rows = rows
    self.memory = memory
  }
}

/// What is known of an answer before its first batch.
package struct AnswerHead: Sendable {
  /// What kind of answer it is.
  package enum Kind: Sendable, Equatable {
    /// Solutions of these variables, names without `?` (SELECT).
    case solutions([ByteString])
    /// A truth value (ASK).
    case truth(Bool)
    /// Quads (CONSTRUCT and DESCRIBE), which may come more than once.
    case quads
  }

  /// What kind.
  package let kind: Kind
  /// Names the state of the data that it was answered from: the same for the same data, for entity tags.
  package let version: ByteString

  /// The head of an answer.
  package init(_ kind: Kind, version: ByteString) {
    self.kind = kind
    self.version = version
  }
}

/// What takes an answer.
package protocol AnswerSink: AnyObject, Sendable {
  /// Begins the answer; for a truth value that is all of it but ``finish()``.
  func begin(_ head: AnswerHead) throws(Failure)

  /// Takes solutions, which are gone when the call returns.
  func append(_ solutions: SolutionBatch) throws(Failure)

  /// Takes quads, which are gone when the call returns.
  func append(_ quads: borrowing QuadBatch) throws(Failure)

  /// Says that the answer is whole.
  func finish() throws(Failure)
}

extension GraphSource {
  /// Answers a SELECT query; any other form is refused.
  package func select(_ request: QueryRequest, to sink: any AnswerSink) async throws(Failure) {
    try await answer(request.of(.select), to: sink)
  }

  /// Answers a CONSTRUCT query; any other form is refused.
  package func construct(_ request: QueryRequest, to sink: any AnswerSink) async throws(Failure) {
    try await answer(request.of(.construct), to: sink)
  }

  /// Answers a DESCRIBE query; any other form is refused.
  package func describe(_ request: QueryRequest, to sink: any AnswerSink) async throws(Failure) {
    try await answer(request.of(.describe), to: sink)
  }

  /// Answers an ASK query; any other form is refused.
  package func ask(_ request: QueryRequest) async throws(Failure) -> Bool {
    let sink = TruthSink()
    try await answer(request.of(.ask), to: sink)
    return sink.truth
  }
}

extension QueryRequest {
  fileprivate func of(_ forms: Forms) -> QueryRequest {
    var request = self
    request.forms = forms
    return request
  }
}
