namespace Halley.Cli.Tests;

/// <summary>A user's own file becomes a project that fits, tests, releases and is promoted as it stands.</summary>
public class InitTests
{
    [Fact]
    public async Task A_users_file_becomes_a_project_that_walks_the_road()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("book.csv", StarterBook.Text());
        var project = Path.Combine(folder.Path, "project");
        Assert.Equal(0, (await Command.RunAsync("init", project, "--data", data)).Status);

        var fit = await Command.RunAsync("fit", "--project", project, "--json");
        Assert.True(fit.Status == 0, fit.Messages);
        Assert.Equal(["glm", "trees"], fit.Json().EnumerateArray().Select(run => run.GetProperty("model").GetString()));

        await Passes("test", "--project", project);
        await Passes("evaluate", "glm", "--project", project);
        await Passes("compare", "glm", "trees", "--project", project);
        await Passes("report", "glm", "trees", "--project", project);
        await Passes("predict", "glm", "--project", project, "--data", data, "--out", Path.Combine(folder.Path, "predicted.csv"));
        await Passes("release", "decision", "--project", project);
        await Passes("promote", "decision@1", "--to", "staging", "--project", project);
        await Passes("runs", "reproduce", "r1", "--project", project);
        await Passes("verify", "release", "decision@1", "--project", project);
        var live = await Command.RunAsync("live", "--project", project, "--json");
        Assert.Equal("decision@1", live.Json()[0].GetProperty("champion").GetString());
        var page = await File.ReadAllTextAsync(Path.Combine(project, "reports", "glm_trees.html"));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http://",
            page.Replace("http://www.w3.org", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_promotion_without_the_second_person_ends_with_1_and_an_approval_completes_it()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        await Passes("fit", "glm", "--project", project);
        await Passes("release", "decision", "--project", project);
        var asked = await Command.RunAsync(
            "promote",
            "decision@1",
            "--to",
            "production",
            "--by",
            "asker",
            "--project",
            project,
            "--json"
        );
        Assert.Equal(1, asked.Status);
        var request = asked.Json().GetProperty("request").GetString()!;
        var same = await Command.RunAsync("promote", "--approve", request, "--by", "asker", "--project", project);
        Assert.NotEqual(0, same.Status);
        await Passes("promote", "--approve", request, "--by", "approver", "--project", project);
    }

    [Fact]
    public async Task A_folder_with_files_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("book.csv", StarterBook.Text());
        var run = await Command.RunAsync("init", folder.Path, "--data", data);
        Assert.Equal(2, run.Status);
        Assert.Contains("is not empty", run.Messages, StringComparison.Ordinal);
    }

    /// <summary>3,000 records with two levels and a missing value in one row each, ids, a copy of the target, and free text.</summary>
    static string Awkward(bool split = false)
    {
        var text = new System.Text.StringBuilder($"record,day,fault,age,note,paid,constant,target{(split ? ",split" : "")}\n");
        for (var i = 0; i < 3_000; i++)
        {
            var target = i * 0.6180339887498949 % 1 < 0.1 + (i % 7 == 0 ? 0.2 : 0) ? 1 : 0;
            // Record 10 is a test row of the split by column.
            var day = i == 10 ? "0" : "Mon Tue Wed Thu Fri".Split(' ')[i * 3 % 5];
            var fault = i % 2 == 0 ? "Driver" : "Other";
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{i},{day},{(i == 20 ? "" : fault)},{(i == 30 ? "" : 18 + i * 7 % 60)},note {i},{target * 250},x,{target}"
            );
            text.Append(split ? (i % 10 == 0 ? ",test\n" : ",learn\n") : "\n");
        }
        return text.ToString();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Levels_that_only_test_rows_hold_do_not_stop_the_road(bool split)
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        var init = await Command.RunAsync("init", project, "--data", folder.File("book.csv", Awkward(split)), "--json");
        Assert.True(init.Status == 0, init.Messages);
        Assert.Equal(split, init.Json().TryGetProperty("split", out _));
        var model = await File.ReadAllTextAsync(
            Path.Combine(project, "models", "glm.yaml"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(split, model.Contains("split: { column: split, learn: [learn], test: [test]", StringComparison.Ordinal));
        await Passes("fit", "--project", project);
        await Passes("test", "--project", project);
        await Passes("release", "decision", "--project", project);
        await Passes("promote", "decision@1", "--to", "dev", "--project", project);
    }

    [Fact]
    public async Task Columns_that_leak_or_name_rows_are_left_out_and_named_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        var data = folder.File("book.csv", Awkward());
        var init = await Command.RunAsync("init", project, "--data", data, "--json");
        Assert.Equal(
            ["day", "fault", "age"],
            init.Json().GetProperty("features").EnumerateArray().Select(name => name.GetString())
        );
        var reasons = init.Json()
            .GetProperty("left_out")
            .EnumerateArray()
            .ToDictionary(
                column => column.GetProperty("column").GetString()!,
                column => column.GetProperty("reason").GetString()!
            );
        Assert.Equal(["record", "note", "paid", "constant"], reasons.Keys);
        Assert.Contains("row number", reasons["record"], StringComparison.Ordinal);
        Assert.Contains("free text", reasons["note"], StringComparison.Ordinal);
        Assert.Contains("after the fact", reasons["paid"], StringComparison.Ordinal);
        Assert.Contains("same value in every row", reasons["constant"], StringComparison.Ordinal);
        var model = await File.ReadAllTextAsync(
            Path.Combine(project, "models", "trees.yaml"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("#   paid: 'paid' is 0 exactly where the target is 0", model, StringComparison.Ordinal);
        var shown = await Command.RunAsync("init", project + "2", "--data", data);
        Assert.Contains("left out: record:", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_outside_the_range_of_the_data_is_refused_with_its_field()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        await Passes("fit", "glm", "--project", project);
        await Passes("release", "decision", "--project", project);
        await Passes("promote", "decision@1", "--to", "dev", "--project", project);
        const string Request = """{"record_id":"a","age":AGE,"area":"A","fuel":"diesel"}""";
        async Task<CommandRun> Decide(string age) =>
            await Command.RunAsync(
                "decide",
                "decision@1",
                "--input",
                folder.File($"request{age}.json", Request.Replace("AGE", age, StringComparison.Ordinal)),
                "--project",
                project
            );
        var usual = await Decide("40");
        Assert.True(usual.Status == 0, usual.Messages);
        var refused = await Decide("-300");
        Assert.Equal(2, refused.Status);
        Assert.Contains("age", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("-300", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_level_that_is_not_listed_has_no_price()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        var decision = await File.ReadAllTextAsync(
            Path.Combine(project, "decisions", "decision.yaml"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(
            "area: { kind: category, levels: [A, B, C] } # to take any other level as a listed one, add unseen: A",
            decision,
            StringComparison.Ordinal
        );
        await Passes("fit", "glm", "--project", project);
        await Passes("release", "decision", "--project", project);
        await Passes("promote", "decision@1", "--to", "dev", "--project", project);
        var request = folder.File("request.json", """{"record_id":"a","age":40,"area":"D","fuel":"diesel"}""");
        var refused = await Command.RunAsync("decide", "decision@1", "--input", request, "--project", project);
        Assert.Equal(2, refused.Status);
        Assert.Contains("area", refused.Messages, StringComparison.Ordinal);
        Assert.Contains("A, B, C", Command.Plain(refused.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_choice_of_models_has_its_report_and_a_second_run_says_that_it_replaces()
    {
        using var folder = new TemporaryFolder();
        var project = Path.Combine(folder.Path, "project");
        await Passes("init", project, "--data", folder.File("book.csv", StarterBook.Text()));
        await Passes("fit", "--project", project);
        await Passes("report", "glm", "--project", project);
        await Passes("report", "trees", "--project", project);
        var reports = Path.Combine(project, "reports");
        Assert.Equal(["glm.html", "trees.html"], Directory.GetFiles(reports).Select(Path.GetFileName).Order());
        var again = await Command.RunAsync("report", "glm", "--project", project);
        Assert.Contains("in place of the page that was there", again.Output, StringComparison.Ordinal);
    }

    static async Task Passes(params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.True(run.Status == 0, $"halley {string.Join(' ', arguments)} ended with {run.Status}: {run.Messages}{run.Output}");
    }
}
