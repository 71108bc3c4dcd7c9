/// What can be wrong, each with a stable code that scripts may rely on.
///
/// The wording of every case stands in `wording.txt` beside this file, in Swedish and English.
package enum ProblemCode: String, Sendable, CaseIterable {
  // Names, files and output
  case inputMissing = "input-missing"
  case inputUnreadable = "input-unreadable"
  case networkUnavailable = "network-unavailable"
  case networkRefused = "network-refused"
  case networkFailed = "network-failed"
  case sourcePage = "source-page"
  case sourceNext = "source-next"
  case sourceChanges = "source-changes"
  case sourceStopped = "source-stopped"
  case sourceKept = "source-kept"
  case secretsMode = "secrets-mode"
  case secretsInvalid = "secrets-invalid"
  case formatUnknown = "format-unknown"
  case formatUnsupported = "format-unsupported"
  case limitExceeded = "limit-exceeded"
  case writeFailed = "write-failed"
  case snapshotInvalid = "snapshot-invalid"

  // Bytes and tables
  case encodingUnknown = "encoding-unknown"
  case encodingInvalid = "encoding-invalid"
  case tableEmpty = "table-empty"
  case tableWithoutRows = "table-without-rows"
  case tableNotRecognised = "table-not-recognised"
  case rowRagged = "row-ragged"
  case quoteStray = "quote-stray"
  case quoteOpen = "quote-open"
  case cellControlCharacter = "cell-control-character"
  case headerFound = "header-found"
  case headerOptionUnused = "header-option-unused"

  // Workbooks
  case workbookKind = "workbook-kind"
  case workbookProtected = "workbook-protected"
  case workbookDamaged = "workbook-damaged"
  case sheetMissing = "sheet-missing"
  case sheetUnexpected = "sheet-unexpected"
  case sheetsOther = "sheets-other"
  case columnUntitled = "column-untitled"
  case columnNested = "column-nested"
  case cellErrorValue = "cell-error-value"
  case cellUncalculated = "cell-uncalculated"
  case cellUnreadable = "cell-unreadable"
  case cellDateImpossible = "cell-date-impossible"

  // JSON
  case jsonSyntax = "json-syntax"
  case jsonDepth = "json-depth"
  case jsonKeyDuplicate = "json-key-duplicate"

  // XML
  case xmlSyntax = "xml-syntax"
  case xmlDocumentType = "xml-document-type"

  // RDF
  case rdfSyntax = "rdf-syntax"
  case rdfDepth = "rdf-depth"
  case rdfPrefixUndeclared = "rdf-prefix-undeclared"
  case iriInvalid = "iri-invalid"
  case iriRelative = "iri-relative"
  case graphsDropped = "graphs-dropped"
  case readerFailed = "reader-failed"
  case xmlNameImpossible = "xml-name-impossible"
  case xmlCharacterImpossible = "xml-character-impossible"

  // Mappings
  case mappingUnknown = "mapping-unknown"
  case mappingInvalid = "mapping-invalid"
  case variantUnknown = "variant-unknown"
  case variantNone = "variant-none"
  case variantTie = "variant-tie"
  case metadataInvalid = "metadata-invalid"
  case metadataPropertyInvalid = "metadata-property-invalid"
  case metadataPropertyUnknown = "metadata-property-unknown"
  case metadataIncompatible = "metadata-incompatible"
  case annotationUnknown = "annotation-unknown"
  case annotationInvalid = "annotation-invalid"
  case triplesMapInvalid = "triples-map-invalid"
  case pathSyntax = "path-syntax"
  case pathFailed = "path-failed"
  case templateInvalid = "template-invalid"
  case templateVariableUnknown = "template-variable-unknown"
  case tableUnbound = "table-unbound"
  case settingUnused = "setting-unused"
  case fileNameUnmatched = "file-name-unmatched"
  case preambleUnmatched = "preamble-unmatched"
  case baseMissing = "base-missing"
  case baseNeeded = "base-needed"

  // Columns and cells
  case columnMissing = "column-missing"
  case columnExtra = "column-extra"
  case columnAmbiguous = "column-ambiguous"
  case columnTitleMismatch = "column-title-mismatch"
  case rowShifted = "row-shifted"
  case cellRequired = "cell-required"
  case cellDatatype = "cell-datatype"
  case cellFormat = "cell-format"
  case cellFormatLimit = "cell-format-limit"
  case cellRange = "cell-range"
  case cellLength = "cell-length"
  case cellItems = "cell-items"
  case iteratorAbsent = "iterator-absent"
  case iteratorEmpty = "iterator-empty"
  case referenceNested = "reference-nested"
  case languageInvalid = "language-invalid"
  case cellDisagrees = "cell-disagrees"
  case rowsDisagree = "rows-disagree"
  case cellClockChange = "cell-clock-change"
  case coordinatesForm = "coordinates-form"
  case coordinatesZero = "coordinates-zero"
  case coordinatesSwapped = "coordinates-swapped"
  case coordinatesOutside = "coordinates-outside"
  case coordinatesDiffer = "coordinates-differ"
  case keyDuplicate = "key-duplicate"
  case keyUnresolved = "key-unresolved"
  case keyAmbiguous = "key-ambiguous"

  // Identifiers
  case registerMissing = "register-missing"
  case registerInvalid = "register-invalid"
  case registerUnknown = "register-unknown"
  case registerAmbiguous = "register-ambiguous"
  case registerRule = "register-rule"
  case registerNotValid = "register-not-valid"
  case registerEnded = "register-ended"
  case lookupEnded = "lookup-ended"
  case lookupRefused = "lookup-refused"
  case lookupNowhere = "lookup-nowhere"
  case lookupParameter = "lookup-parameter"
  case patternInvalid = "pattern-invalid"
  case keyInvalid = "key-invalid"
  case keyUnknown = "key-unknown"
  case keyEnded = "key-ended"
  case keyTaken = "key-taken"
  case keyNotMade = "key-not-made"
  case ledgerForeign = "ledger-foreign"
  case ledgerBroken = "ledger-broken"
  case ledgerInvalid = "ledger-invalid"
  case ledgerTorn = "ledger-torn"
  case ledgerClock = "ledger-clock"
  case ledgerRewritten = "ledger-rewritten"

  // Sites
  case siteSyntax = "site-syntax"
  case siteKeyMissing = "site-key-missing"
  case siteValueText = "site-value-text"
  case siteValueList = "site-value-list"
  case siteValueKeys = "site-value-keys"
  case siteValueInvalid = "site-value-invalid"
  case baseScheme = "base-scheme"
  case baseHost = "base-host"
  case basePort = "base-port"
  case baseUser = "base-user"
  case baseQuery = "base-query"
  case baseFragment = "base-fragment"
  case datasetDuplicate = "dataset-duplicate"
  case datasetName = "dataset-name"
  case datasetUnknown = "dataset-unknown"
  case datasetFailed = "dataset-failed"
  case keepWithoutMoment = "keep-without-moment"
  case seriesEmpty = "series-empty"
  case registersCollide = "registers-collide"
  case crosswalkRow = "crosswalk-row"

  // Releases
  case releaseForeign = "release-foreign"
  case releaseInvalid = "release-invalid"
  case identifierVanished = "identifier-vanished"

  // Checks of a graph
  case graphCheck = "graph-check"
  case graphCheckMore = "graph-check-more"
  case checkInvalid = "check-invalid"

  // Queries
  case querySyntax = "query-syntax"
  case queryDepth = "query-depth"
  case queryUpdate = "query-update"
  case queryUnsupported = "query-unsupported"
  case queryForm = "query-form"
  case serviceForbidden = "service-forbidden"
  case serviceFailed = "service-failed"
  case resultsInvalid = "results-invalid"
  case queryTimeout = "query-timeout"
  case queryRows = "query-rows"
  case queryMemory = "query-memory"
  case queryCancelled = "query-cancelled"
  case queryBusy = "query-busy"

  // Requests
  case requestPath = "request-path"
  case requestMethod = "request-method"
  case requestBody = "request-body"
  case requestMediaType = "request-media-type"
  case requestParameter = "request-parameter"
  case requestUnacceptable = "request-unacceptable"
  case requestUnknown = "request-unknown"
  case identifierEnded = "identifier-ended"
  case portUnavailable = "port-unavailable"

  // Secrecy
  case rowUndecided = "row-undecided"

  /// How grave the problem is unless whoever reports it says otherwise.
  package var severity: Severity {
    switch self {
    case .tableWithoutRows, .iteratorEmpty, .headerFound, .headerOptionUnused, .sheetsOther, .columnUntitled, .columnNested, .graphsDropped,
      .jsonKeyDuplicate,
      .metadataPropertyInvalid, .metadataPropertyUnknown, .columnExtra,
      .columnAmbiguous,
      .columnTitleMismatch, .settingUnused, .fileNameUnmatched, .preambleUnmatched, .baseMissing, .cellDisagrees, .rowsDisagree,
      .coordinatesDiffer,
      .registerEnded, .lookupEnded, .seriesEmpty, .sourceStopped, .sourceKept, .keepWithoutMoment, .ledgerTorn, .ledgerClock:
      .warning
    case .rowUndecided:
      .secret
    default:
      .error
    }
  }
}

/// How grave a problem is (contract §2).
package enum Severity: String, Sendable, CaseIterable {
  /// Something is wrong and some of the input was left out: exit 1.
  case error
  /// Worth knowing; nothing was left out.
  case warning
  /// About something that may not be published: neither values nor rows are named.
  case secret
}
