import Resources

/// A server whose configuration a list of redirects can be written in.
package enum RedirectServer: String, Sendable, CaseIterable {
  case nginx, apache
}

extension RedirectList {
  /// The list as configuration: nginx's inside `server { … }`, Apache's inside `<VirtualHost>`.
  ///
  /// Both match decoded paths exactly, so that however a client writes an escape, the identifier is found; where they go, the escapes of the IRI
  /// stay as they are. nginx answers 300 without `Location`; Apache can't, and takes the first successor.
  package func text(for server: RedirectServer) -> String {
    let head = "# \(register): https://\(host)\n"
    let lines =
      switch server {
      case .nginx: rules.map(nginx) + (move.map { [nginx($0)] } ?? [])
      case .apache: Self.apacheShared + rules.map(apache) + (move.map { [apache($0)] } ?? [])
      }
    return head + lines.joined(separator: "\n") + "\n"
  }

  private func successors(_ iris: [String]) -> String { iris.map { "<\($0)>; rel=\"successor-version\"" }.joined(separator: ", ") }

  // MARK: nginx

  private static let nginxShared = "add_header Access-Control-Allow-Origin * always;"

  /// `location =` is exact and minds upper and lower case, which a `map` does not.
  private func nginx(_ rule: Rule) -> String {
    let action =
      switch rule.answer {
      case .gone: "return 410;"
      case .moved(let iri): "return 308 \(nginxQuoted(withoutDollar(iri)));"
      case .divided(let iris):
        "add_header Link \(nginxQuoted(withoutDollar(successors(iris)))) always; default_type text/plain; "
          + "return 300 \(nginxQuoted(withoutDollar(iris.joined(separator: "\n") + "\n")));"
      }
    return "location = \(nginxQuoted(rule.path)) { \(Self.nginxShared) \(action) }"
  }

  /// The key is taken from the request as it came, with its escapes.
  private func nginx(_ move: Move) -> String {
    let (before, after) = (pattern(move.from.prefix), pattern(move.from.suffix))
    return """
      location ~ \(nginxQuoted("^\(pattern(percentDecoded(move.from.prefix)))[^/]+\(pattern(percentDecoded(move.from.suffix)))$")) {
        \(Self.nginxShared)
        if ($request_uri ~ \(nginxQuoted("^\(before)([^/?]+)\(after)(\\?|$)"))) { return 308 \(nginxQuoted(move.to.prefix, key: "$1", move.to.suffix)); }
        return 404;
      }
      """
  }

  /// A string of nginx's configuration. A dollar sign begins a variable there, and can't be escaped: in IRIs it is percent-encoded, and in paths
  /// and patterns nginx has no variables.
  private func nginxQuoted(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": out += "\\" + String(character)
      case "\n": out += "\\n"
      default: out.unicodeScalars.append(character)
      }
    }
    return out + "\""
  }

  private func nginxQuoted(_ prefix: String, key: String, _ suffix: String) -> String {
    let parts = [prefix, suffix].map { nginxQuoted(withoutDollar($0)).dropFirst().dropLast() }
    return "\"" + parts[0] + key + parts[1] + "\""
  }

  private func withoutDollar(_ iri: String) -> String {
    iri.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "%24")
  }

  // MARK: Apache

  private static let apacheMark = "kommungraf:1"
  private static let apacheShared = ["RewriteEngine On", #"Header always set Access-Control-Allow-Origin "*" env=kommungraf"#]

  /// Rewriting keeps the escapes of the target (`NE`), where aliases would encode them again.
  private func apache(_ rule: Rule) -> String {
    let path = apacheQuoted("^\(pattern(rule.path))$")
    switch rule.answer {
    case .gone: return "RewriteRule \(path) - [E=\(Self.apacheMark),G,L]"
    case .moved(let iri): return "RewriteRule \(path) \(apacheQuoted(apacheTarget(iri))) [E=\(Self.apacheMark),R=308,NE,QSD,L]"
    case .divided(let iris):
      let links = successors(iris).split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
      return """
        <LocationMatch \(path)>
          Header always set Link \(apacheQuoted(links))
        </LocationMatch>
        RewriteRule \(path) \(apacheQuoted(apacheTarget(iris.first ?? ""))) [E=\(Self.apacheMark),R=300,NE,QSD,L]
        """
    }
  }

  private func apache(_ move: Move) -> String {
    let raw = "^\\S+ \(pattern(move.from.prefix))([^/?\\s]+)\(pattern(move.from.suffix))[?\\s]"
    return """
      RewriteCond "%{THE_REQUEST}" \(apacheQuoted(raw))
      RewriteRule \(apacheQuoted("^\(pattern(percentDecoded(move.from.prefix)))[^/]+\(pattern(percentDecoded(move.from.suffix)))$")) \
      \(apacheQuoted(apacheTarget(move.to.prefix) + "%1" + apacheTarget(move.to.suffix))) [E=\(Self.apacheMark),R=308,NE,QSD,L]
      """
  }

  /// An IRI where `%1` and `$1` would stand for what was matched.
  private func apacheTarget(_ iri: String) -> String {
    iri.reduce(into: "") { out, character in out += "%$\\".contains(character) ? "\\\(character)" : String(character) }
  }

  /// An argument of Apache's configuration. Patterns have no quotation marks, for not all directives know them escaped.
  private func apacheQuoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }

  /// A text as a regular expression that matches it alone.
  private func pattern(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { out, scalar in
      if scalar == "\"" {
        out += "\\x22"
        return
      }
      if "\\^$.|?*+()[]{}#&-/ ".unicodeScalars.contains(scalar), scalar != "/" { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
  }
}
