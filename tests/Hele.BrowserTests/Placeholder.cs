namespace Hele.BrowserTests; public class Placeholder { [Xunit.Fact] public void Builds_ALWAYS_Does() => Xunit.Assert.NotNull(typeof(Program)); }
