// Small modules that break the rules on purpose, so that the guard is seen to fail on every run. They are compiled, never run.
using Hele.Tests.Guards.Sample.One;
using Hele.Tests.Guards.Sample.Platform;
using Hele.Tests.Guards.Sample.Reports;
using Hele.Tests.Guards.Sample.Two;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Guards.Sample.Kernel
{
    public class SomeKernel
    {
        public static void Run() => Console.WriteLine(typeof(SomePlatform));
    }
}

namespace Hele.Tests.Guards.Sample.Platform
{
    public class SomePlatform
    {
        public async Task<object?> Run()
        {
            // In a state machine and a generic argument, where a reader of signatures would miss it.
            await Task.Yield();
            return new List<SomeOne>();
        }
    }
}

namespace Hele.Tests.Guards.Sample.One
{
    public class SomeOne
    {
        public Func<SomeReport?> Report { get; } = () => null;

        public SomeTwo[]? Twos;
    }
}

namespace Hele.Tests.Guards.Sample.Two
{
    public class SomeTwo : SomeOne;
}

namespace Hele.Tests.Guards.Sample.Stray
{
    public class SomeStray;
}

namespace Hele.Tests.Guards.Sample.Reports
{
    public class SomeReport
    {
        public SomeTwo? Two { get; set; }
    }

    public class SomeCalls
    {
        public static object[] Clock() => [DateTime.Now, DateTime.UtcNow, DateTime.Today, DateTimeOffset.Now, DateTimeOffset.UtcNow];

        public static object Filters(DbContext db) => db.Set<SomeReport>().IgnoreQueryFilters();

        public static int Writes(DbContext db) => db.Set<SomeReport>().ExecuteDelete() + db.Set<SomeReport>().ExecuteUpdate(s => s.SetProperty(r => r.Two, (SomeTwo?)null));

        public static int Raw(DbContext db) => db.Database.ExecuteSqlRaw("delete from t");

        public static object Allowed(DbContext db, TimeProvider clock) => (clock.GetUtcNow(), db.Set<SomeReport>().IgnoreQueryFilters(["scope"]));
    }
}
