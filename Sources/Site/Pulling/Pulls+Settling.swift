import Logging
import Problems
import RDF
import Synchronization

// Which copies stay once it is known whether they can be built.
extension Pulls {
  /// Takes note that the copy could be built, so that the one before it is needed no more.
  func accept(_ name: String) {
    settle(name) { state in
      guard state.older != nil || !state.isAccepted else { return false }
      state.older = nil
      state.isAccepted = true
      return true
    }
    change(name) { record in
      guard let fallback = record.fallback, record.built != fallback, record.state?.current?.files == record.built else { return }
      record.fallback = nil
      // What has gone wrong since is about the next one.
      if record.status.problem == nil { record.status.failures = 0 }
    }
  }

  /// Lets go of the files of a growing dataset of which nothing is left in its graph. The last ones of each source stay: what comes is compared
  /// with them.
  /// - Parameters:
  ///   - start: when the window began; what came later stays in any case.
  ///   - used: the files of whose rows something is left.
  func release(_ name: String, before start: Instant, used: [String]) {
    let folder = PullFolder(name, site: site)
    settle(name) { state in
      guard state.isAccepted, let files = state.current?.files else { return false }
      let last = Dictionary(files.map { ($0.source, $0.moment) }, uniquingKeysWith: max)
      let kept = files.filter { file in
        file.moment >= start || file.moment == last[file.source] || GrowingSources.isUsed(folder.path(of: file), among: used)
      }
      state.current?.files = kept
      return kept.count < files.count
    }
  }

  /// Goes back to the copy before the one that could not be built.
  /// - Parameter problem: why not.
  /// - Returns: whether there is one, or another program has pulled meanwhile, so that there is something else to build.
  func reject(_ name: String, _ problem: Problem) -> Bool {
    let settlement = settle(name) { state in
      guard let older = state.older else { return false }
      state.current = older
      state.older = nil
      state.isAccepted = true
      return true
    }
    if settlement == .done {
      change(name) { record in
        record.fallback = record.state?.current?.files
        record.isUnbuilt = true
        record.status.failures += 1
        record.status.problem = problem
      }
    }
    return settlement != .nothing
  }

  /// What came of a wish to change which copies there are.
  private enum Settlement {
    /// There was nothing to change.
    case nothing
    /// They were changed.
    case done
    /// Another program had changed them, and its state is known now.
    case overtaken
  }

  /// Changes which copies there are, unless another one than was built has come meanwhile, from this program or from another one.
  @discardableResult private func settle(_ name: String, _ body: (inout PulledState) -> Bool) -> Settlement {
    func known() -> PulledState? {
      guard let record = records.withLock({ $0[name] }), let state = record.state, state.current?.files == record.built else { return nil }
      var changed = state
      return body(&changed) ? state : nil
    }
    // Most often there is nothing to change, and then no pull that goes on is waited for.
    if known() == nil { return .nothing }
    return inTurn(name) {
      guard let known = known() else { return .nothing }
      let folder = PullFolder(name, site: site)
      do throws(Failure) {
        return try folder.locked { () throws(Failure) -> Settlement in
          guard var state = folder.state(known.fingerprint) else { return .nothing }
          guard state.number == known.number, state.current?.files == known.current?.files else {
            change(name) { $0.state = state }
            return .overtaken
          }
          guard body(&state) else { return .nothing }
          change(name) { record in
            record.state = state
            record.built = state.current?.files ?? []
          }
          try folder.write(state)
          return .done
        }
      } catch {
        // What could not be written is known here, and the next pull writes it.
        log.warning("copies not settled", metadata: ["dataset": "\(name)", "problem": "\(error.problem.code.rawValue)"])
        return records.withLock { $0[name]?.state } == known ? .nothing : .done
      }
    }
  }
}
