import ArgumentParser
import Logging
import Mapping
import Problems
import Resources
import Site

/// How much is told of what is done: the levels of swift-log.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
  case trace, debug, info, notice, warning, error, critical
  var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

extension GlobalOptions {
  /// What is done, for whoever asks by `--log-level`: lines on standard error in the form of swift-log, in English. Names of files stand in
  /// it, of rows no more than how many there are.
  var log: Logger {
    guard let logLevel else { return .silent }
    var log = Logger(label: "kommungraf") { StreamLogHandler.standardError(label: $0) }
    log.logLevel = logLevel.level
    return log
  }
}

extension Logger {
  /// Says what a graph of a site has become.
  func tell(_ report: SiteReport) {
    for part in report.parts {
      var facts: Metadata = ["graph": "\(part.part.graph)", "ms": "\(part.milliseconds)"]
      if let failure = part.failure {
        facts["problem"] = "\(failure.code.rawValue)"
        warning("graph not built", metadata: facts)
      } else {
        facts["triples"] = "\(part.conversion.triples)"
        info("graph built", metadata: facts)
      }
    }
  }

  /// Says what tables have become.
  func tell(_ report: ConversionReport, milliseconds: Int) {
    info(
      "tables read",
      metadata: [
        "rows": "\(report.rowsRead)", "published": "\(report.rowsPublished)", "triples": "\(report.triples)", "ms": "\(milliseconds)",
      ])
  }
}

/// Bytes whose names are logged as they are opened.
struct LoggedSource: ByteSource {
  let source: any ByteSource
  let log: Logger

  func open(_ name: String) throws(Failure) -> any ByteStream {
    let stream = try source.open(name)
    // What stands in the query of an address may be a key.
    log.debug("opened", metadata: ["name": "\(name.prefix { $0 != "?" })", "from": stream.isFromNetwork ? "network" : "here"])
    return stream
  }
}
