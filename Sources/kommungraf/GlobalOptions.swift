import ArgumentParser
import Fetching
import Problems
import Resources
import Site

/// Options of every command (contract §1).
struct GlobalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Read IRIs that begin with PREFIX from the folder DIR, never from the network.", valueName: "PREFIX=DIR"))
  var resolve: [String] = []

  @Option(
    name: .customLong("allow-host"),
    help: ArgumentHelp("Fetch from this host although its address is private or this machine's.", valueName: "HOST[:PORT]"))
  var allowHost: [String] = []

  @Flag(help: "Never use the network.")
  var offline = false

  @Flag(help: "Say nothing but problems.")
  var quiet = false

  @Option(help: "The language of messages: sv or en.")
  var lang: LanguageOption?

  @Option(name: .customLong("report-format"), help: "How problems are shown and reports written: text, json, or html for a report.")
  var reportFormat: ReportFormat?

  @Option(
    name: .customLong("log-level"),
    help: ArgumentHelp(
      "Say on standard error what is done: trace, debug, info, notice, warning, error or critical. Nothing without it.", valueName: "L"))
  var logLevel: LogLevel?

  mutating func validate() throws {
    for mount in resolve where !mount.contains("=") { throw ValidationError(.phrase("usage-resolve", ["text": mount])) }
    for host in allowHost where NetworkPolicy.Host(host) == nil {
      throw ValidationError(.phrase("usage-allow-host", ["text": host]))
    }
  }

  /// The language to speak: `--lang`, else that of the locale.
  var language: Language { lang?.language ?? .ofLocale }

  /// Where named bytes come from.
  var source: any ByteSource { source(allowing: []) }

  /// Where named bytes come from for a site that allows some private hosts of its own.
  func source(allowing hosts: [String]) -> any ByteSource {
    let source = network(allowing: hosts)
    return logLevel == nil ? source : LoggedSource(source: source, log: log)
  }

  /// The files and the network as a site may use them that allows some private hosts of its own.
  func network(allowing hosts: [String]) -> HTTPSource {
    var policy = NetworkPolicy()
    policy.isOffline = offline
    policy.allowed = (allowHost + hosts).compactMap { NetworkPolicy.Host($0) }
    return HTTPSource(files, policy: policy)
  }

  /// Where those bytes come from that are on disk.
  var files: FileSource {
    FileSource(
      mounts: resolve.compactMap { mount in
        // The prefix may hold `=` (a query), a folder seldom does.
        guard let mark = mount.lastIndex(of: "=") else { return nil }
        return FileSource.Mount(prefix: String(mount[..<mark]), folder: String(mount[mount.index(after: mark)...]))
      })
  }

  /// What a command speaks through.
  var console: Console { Console(language: language, isJSON: reportFormat == .json, isQuiet: quiet) }
}

/// `sv` or `en`.
enum LanguageOption: String, ExpressibleByArgument, CaseIterable {
  case sv, en
  var language: Language { self == .sv ? .sv : .en }
}

extension ReportFormat: ExpressibleByArgument {}
