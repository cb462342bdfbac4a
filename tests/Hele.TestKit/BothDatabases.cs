using Xunit;

namespace Hele.TestKit;

/// <summary>The databases a storage test runs on: both, or SQLite alone under <c>./test quick</c>.</summary>
public sealed class BothDatabases : TheoryData<TestDatabase>
{
    public BothDatabases()
    {
        Add(TestDatabase.Sqlite);
        if (Environment.GetEnvironmentVariable("HELE_TEST_QUICK") != "1")
            Add(TestDatabase.Postgres);
    }
}
