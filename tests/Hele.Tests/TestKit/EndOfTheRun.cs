using Hele.TestKit;
using Hele.Tests.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(EndOfTheRun))]

namespace Hele.Tests.TestKit;

/// <summary>
/// What the run leaves is cleared away while it still counts as running: the runner ends a program by force, as failed, that takes more than ten
/// seconds to exit.
/// </summary>
public sealed class EndOfTheRun : IDisposable
{
    public void Dispose() => PostgresCluster.DisposeShared();
}
