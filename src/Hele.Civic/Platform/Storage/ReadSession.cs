namespace Hele.Civic.Platform.Storage;

/// <summary>
/// The reading of one request: one context, one transaction, one set of jurisdictions, opened at the first question and closed with the
/// request. Everything a page shows comes from one state of the database.
/// </summary>
public sealed class ReadSession(Database database) : IAsyncDisposable
{
    private ReadLease? _lease;
    private int[] _scope = [];

    /// <summary>Sets which jurisdictions this request may read. Before the first question only.</summary>
    public void Allow(params int[] jurisdictions)
    {
        if (_lease is not null && !_scope.SequenceEqual(jurisdictions))
            throw new InvalidOperationException("The scope of a request is set before its first question.");
        _scope = jurisdictions;
    }

    public IReadOnlyList<int> Scope => _scope;

    public async ValueTask<HeleDb> Db(CancellationToken cancel = default) => (_lease ??= await database.Read(_scope, cancel)).Db;

    /// <summary>Ends the snapshot, so that the next question sees what was written meanwhile.</summary>
    public async ValueTask Refresh()
    {
        if (_lease is not null)
            await _lease.DisposeAsync();
        _lease = null;
    }

    public ValueTask DisposeAsync() => Refresh();
}
