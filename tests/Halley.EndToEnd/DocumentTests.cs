using System.Text.RegularExpressions;
using Halley.Specs;

namespace Halley.EndToEnd;

/// <summary>What the documents point at is there.</summary>
public partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        new(
            Directory
                .GetFiles(ProjectRoot.Path, "*.md")
                .Concat(Directory.GetFiles(Path.Combine(ProjectRoot.Path, "docs"), "*.md", SearchOption.AllDirectories))
                .Select(path => Path.GetRelativePath(ProjectRoot.Path, path))
        );

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(ProjectRoot.Path, document))!;
        var targets = Link()
            .Matches(File.ReadAllText(Path.Combine(ProjectRoot.Path, document)))
            .Select(match => match.Groups[1].Value);
        var missing = targets
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_tests_command_of_the_readme_is_the_one_that_ci_runs()
    {
        var readme = File.ReadAllText(Path.Combine(ProjectRoot.Path, "README.md"));
        var ci = File.ReadAllText(Path.Combine(ProjectRoot.Path, ".ci", "run"));
        Assert.Contains("\ndotnet test -c Release ", readme, StringComparison.Ordinal);
        Assert.Contains("\ndotnet test -c Release 2>&1", ci, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_spec_in_a_document_is_sound(string document)
    {
        var text = File.ReadAllText(Path.Combine(ProjectRoot.Path, document));
        foreach (var spec in Yaml().Matches(text).Select(match => match.Groups[1].Value))
            Read(spec, document);
    }

    /// <summary>Reads a spec by what its first line calls it, or by its first key.</summary>
    static void Read(string spec, string document)
    {
        var name = spec.Split('\n')[0];
        if (name.StartsWith("# models/", StringComparison.Ordinal) || name.StartsWith("model:", StringComparison.Ordinal))
            SpecFiles.Model.Parse(spec, document);
        else if (name.StartsWith("# decisions/", StringComparison.Ordinal))
            SpecFiles.Decision.Parse(spec, document);
        else if (name.StartsWith("# tests/", StringComparison.Ordinal))
            SpecFiles.Tests.Parse(spec, document);
        else if (name == "# data.yaml")
            SpecFiles.Data.Parse(spec, document);
        else if (name == "# gates.yaml")
            SpecFiles.Gates.Parse(spec, document);
        else if (name == "# features.yaml")
            SpecFiles.Features.Parse(spec, document);
        else if (name == "# rating-map.yaml")
            SpecFiles.RatingMap.Parse(spec, document);
        else if (name == "# value.yaml")
            SpecFiles.Value.Parse(spec, document);
        else if (name == "# monitor.yaml")
            SpecFiles.Monitor.Parse(spec, document);
        else if (name == "# canary.yaml")
            SpecFiles.Canary.Parse(spec, document);
        else if (name.EndsWith(": prices", StringComparison.Ordinal))
            SpecFiles.Prices.Parse(spec, document);
        else if (name.EndsWith(": ratebook", StringComparison.Ordinal))
            SpecFiles.RateBook.Parse(spec, document);
        else if (name.EndsWith(": assign", StringComparison.Ordinal))
            SpecFiles.Assign.Parse(spec, document);
        else if (name.EndsWith(": knapsack", StringComparison.Ordinal))
            SpecFiles.Knapsack.Parse(spec, document);
        else if (name.EndsWith(": roster", StringComparison.Ordinal))
            SpecFiles.Roster.Parse(spec, document);
        else
            SpecFiles.Model.Parse(Completed(spec), document);
    }

    /// <summary>A part of a model's spec, with what it leaves out.</summary>
    static string Completed(string part)
    {
        string[] learner = part.StartsWith("options:", StringComparison.Ordinal)
            ? ["learner: boosting", "features: [x, region, brand]"]
            : ["learner: glm", "terms: [{ number: x }]"];
        string[] whole = ["model: part", "data: rows", .. learner, "target: y", "family: poisson"];
        var left = whole.Where(line =>
            !part.Contains($"\n{line.Split(' ')[0]}", StringComparison.Ordinal)
            && !part.StartsWith(line.Split(' ')[0], StringComparison.Ordinal)
        );
        return string.Join('\n', left) + "\n" + part;
    }

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
