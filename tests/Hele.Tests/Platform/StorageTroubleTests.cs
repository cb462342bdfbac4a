using Hele.Civic.Platform.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>What a background task says when it fails: on a day without a database its messages can be read by whoever is to mend it.</summary>
public class StorageTroubleTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.CannotConnectNow, "the database system is shutting down", "the database can't be reached", "Start the database server")]
    [InlineData(PostgresErrorCodes.DiskFull, "could not extend file", "the server's disk is full", "Free some space")]
    public void TroubleOfTheStorage_IsOneLine_WithItsRemedy(string state, string said, string reason, string remedy)
    {
        var log = new Lines();
        log.Failed(new InvalidOperationException("It is likely due to a transient failure.", new PostgresException(said, "FATAL", "FATAL", state)), "The checkpoint could not be pinned.");
        var (line, failure) = Assert.Single(log.Said);
        Assert.Null(failure);
        Assert.StartsWith("The checkpoint could not be pinned. It is because " + reason, line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.Contains(remedy, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void WhatNobodyForesaw_KeepsTheWholeFailure()
    {
        var (log, unforeseen) = (new Lines(), new InvalidOperationException("A fault."));
        log.Failed(unforeseen, "Mails could not be sent.");
        Assert.Equal([("Mails could not be sent.", unforeseen)], log.Said);
    }

    private sealed class Lines : ILogger
    {
        public List<(string Line, Exception? Failure)> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Add((formatter(state, exception), exception));
    }
}
