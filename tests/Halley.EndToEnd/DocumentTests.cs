using System.Text.RegularExpressions;

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

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
