using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Pages.Accounts;
using Xunit;

namespace Hele.Tests.Accounts;

/// <summary>The operator's list of leaked passwords.</summary>
public class BreachedPasswordsTests
{
    [Theory]
    [InlineData(1, "\n")]
    [InlineData(2, "\r\n")]
    [InlineData(3, "\r\n")]
    [InlineData(1000, "\r\n")]
    public void Contains_EachOfAList_AndNothingElse(int count, string end)
    {
        using var folder = new TempFolder();
        var passwords = Enumerable.Range(0, count).Select(i => $"password number {i} 密码").ToList();
        File.WriteAllText(folder.At("list.txt"), string.Concat(passwords.Select((p, i) => (Hash: Hash(p), i)).OrderBy(p => p.Hash, StringComparer.Ordinal).Select(p => $"{p.Hash}:{Math.Pow(10, p.i % 8)}{end}")));
        using var list = BreachedPasswords.Open(folder.At("list.txt"));
        Assert.All(passwords, p => Assert.True(list.Contains(p), p));
        Assert.All(Enumerable.Range(0, 200), i => Assert.False(list.Contains($"another {i}")));
    }

    [Fact]
    public void Contains_LastLineWithoutItsEnd_IsFound()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("list.txt"), string.Join('\n', new[] { "a", "b", "c" }.Select(Hash).Order(StringComparer.Ordinal)));
        using var list = BreachedPasswords.Open(folder.At("list.txt"));
        Assert.Equal([true, true, true, false], new[] { "a", "b", "c", "d" }.Select(list.Contains));
    }

    [Theory]
    [InlineData("")]
    [InlineData("password\n123456\n")]
    [InlineData(null)]
    public void Open_WhatIsNoList_IsRefusedAtTheStart(string? content)
    {
        using var folder = new TempFolder();
        if (content is not null)
            File.WriteAllText(folder.At("list.txt"), content);
        Assert.Throws<StartupException>(() => BreachedPasswords.Open(folder.At("list.txt")));
    }

    [Fact]
    public async Task Change_ToALeakedPassword_IsRefusedInWords()
    {
        using var folder = new TempFolder();
        const string Leaked = "purple elephants dance";
        File.WriteAllText(folder.At("list.txt"), Hash(Leaked) + ":3\n");
        using var list = BreachedPasswords.Open(folder.At("list.txt"));
        await using var host = await TestHost.Start(TestDatabase.Sqlite, policy: clock => AccountSteps.Demanding(clock) with { DemandsSecondFactor = false, Breached = list });
        var liu = await host.As(TestPeople.Liu);
        var form = (await HtmlPage.Get(liu, "/account/password")).Form("main form").Fill("Input.OldPassword", TestPeople.Password);
        Assert.Contains("这个密码在别处泄露过", (await form.Fill("Input.NewPassword", Leaked).Fill("Input.Repeat", Leaked).Submit()).Expect(400).VisibleText, StringComparison.Ordinal);
        (await form.Fill("Input.NewPassword", Leaked + " twice").Fill("Input.Repeat", Leaked + " twice").Submit()).ExpectRedirect();
    }

    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
}
