import RDF

/// A state of a dataset's pulled sources, as it lies on the disk.
struct PulledCopy: Sendable, Equatable {
  /// One file: a page, a whole file, or what changes have been merged into.
  struct File: Sendable, Equatable {
    /// The path below the dataset's folder.
    let path: String
    /// Which of the dataset's sources it is of, from 0.
    let source: Int
    /// The sheet of a workbook that the source names, or nil.
    var sheet: String?
    /// How many bytes; one of another size was not written to its end.
    let size: Int
    /// When it came.
    let moment: Instant
    /// Whether the source names pages after it that were not fetched, as those that came had nothing in them.
    var isStopped = false
  }

  /// What is known of one source, to ask it for no more than is new.
  struct Origin: Sendable, Equatable {
    /// The `ETag` and `Last-Modified` of a source of one page, or nil.
    var tag: String?
    var date: String?
    /// The number of the last change, or nil.
    var change: String?
  }

  /// The files, in the order in which they are read.
  var files: [File] = []
  /// What is known of each source.
  var origins: [Origin] = []
  /// When it was last known to be what the sources say.
  var checked: Instant

  /// How many bytes the files have.
  var size: Int { files.reduce(0) { $0 + $1.size } }
}

/// The copies of a dataset: the one in force, and while it has not been built yet the one before it.
struct PulledState: Sendable, Equatable {
  /// What the copies are of: a digest of the sources and of the rules by which they were pulled.
  var fingerprint: String
  /// How many pulls there have been; the next one's files are told by it from all others.
  var number = 0
  /// The copy in force, or nil.
  var current: PulledCopy?
  /// The last copy that could be built, while it is not known whether ``current`` can; else nil.
  var older: PulledCopy?
  /// Whether ``current`` has been built.
  var isAccepted = false
}
