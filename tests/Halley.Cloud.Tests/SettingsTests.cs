using Halley.Data;
using Halley.Deploy;

namespace Halley.Cloud.Tests;

/// <summary>Wrong settings are told before anything is made of them, all at once.</summary>
public class SettingsTests
{
    static readonly EnvironmentSettings Staging = new()
    {
        Name = "staging",
        Account = "111111111111",
        Region = "eu-central-1",
        Zones = ["eu-central-1a", "eu-central-1b"],
        Certificate = "arn:aws:acm:eu-central-1:111111111111:certificate/1",
        Image = "0.1.0",
    };

    [Fact]
    public void Every_problem_is_named()
    {
        var wrong = Staging with
        {
            Account = "1111",
            Zones = ["eu-central-1a"],
            Size = "huge",
            BackupDays = 90,
            RequestsPerAddress = 5,
        };
        var problem = Assert.Throws<HalleyException>(() => SettingsFile.Checked([wrong], "environments.json"));
        Assert.Equal("HLY8002", problem.Code);
        Assert.All(
            [
                "the account '1111' is not of twelve digits",
                "are not two or more of eu-central-1",
                "it begins with arn:aws:acm:eu-central-1:1111:certificate/",
                "There are small, medium, large",
                "1 to 35 are",
                "a limit of 5 requests",
            ],
            words => Assert.Contains(words, problem.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Environments_share_no_account()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            SettingsFile.Checked([Staging, Staging with { Name = "production" }], "environments.json")
        );
        Assert.Contains("staging and production share the account 111111111111", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_setting_is_refused()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """[{ "name": "staging", "acount": "111111111111" }]""");
        var problem = Assert.Throws<HalleyException>(() => SettingsFile.Read(path));
        File.Delete(path);
        Assert.Equal("HLY8001", problem.Code);
        Assert.Contains("acount", problem.Message, StringComparison.Ordinal);
    }
}
