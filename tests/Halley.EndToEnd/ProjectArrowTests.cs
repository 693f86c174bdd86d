using System.Xml.Linq;

namespace Halley.EndToEnd;

/// <summary>One direction: a project references only projects above it in the order of the architecture page.</summary>
public class ProjectArrowTests
{
    static readonly string[] Order =
    [
        "Client",
        "Kernels",
        "Statistics",
        "Data",
        "Sources",
        "Glm",
        "Boosting",
        "Forecasting",
        "Optimization",
        "Models",
        "Reports",
        "Decisions",
        "Registry",
        "Specs",
        "Server",
        "Workbench",
        "Cli",
    ];

    static readonly string[] Engines = ["Glm", "Boosting", "Forecasting", "Optimization"];

    // The server is published as Native AOT: none of these may reach it, directly or through another project.
    static readonly string[] KeptOffTheServer = ["Sources", "Reports", "Workbench", "Optimization", "Specs"];

    static readonly string[] PackagesKeptOffTheServer =
    [
        "YamlDotNet",
        "DuckDB.NET.Data.Full",
        "ScottPlot",
        "Google.OrTools",
        "Spectre.Console",
    ];

    static IReadOnlyDictionary<string, Project> Projects { get; } =
        Directory
            .GetFiles(Path.Combine(ProjectRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Project.Read)
            .ToDictionary(project => project.Name, StringComparer.Ordinal);

    [Fact]
    public void Every_project_has_its_place_in_the_order() => Assert.Empty(Projects.Keys.Except(Order));

    [Fact]
    public void References_point_upwards_only()
    {
        var wrong = Projects
            .Values.SelectMany(project => project.References.Select(reference => (project.Name, reference)))
            .Where(arrow => Array.IndexOf(Order, arrow.reference) >= Array.IndexOf(Order, arrow.Name))
            .Select(arrow => $"{arrow.Name} -> {arrow.reference}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_engine_references_another_engine()
    {
        var wrong = Projects
            .Values.Where(project => Engines.Contains(project.Name))
            .SelectMany(project => Reached(project.Name).Intersect(Engines));
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_server_reaches_nothing_that_native_code_refuses()
    {
        var reached = Reached("Server").Append("Server").ToArray();
        Assert.Empty(reached.Intersect(KeptOffTheServer));
        Assert.Empty(reached.SelectMany(name => Projects[name].Packages).Intersect(PackagesKeptOffTheServer));
        Assert.All(
            reached,
            name => Assert.True(Projects[name].IsAotCompatible, $"{name} is on the server's path but not marked IsAotCompatible.")
        );
    }

    [Fact]
    public void Only_kernels_and_the_adapter_of_native_memory_may_be_unsafe() =>
        Assert.Equal(
            ["Kernels", "Sources"],
            Projects.Values.Where(project => project.AllowsUnsafe).Select(project => project.Name).Order()
        );

    static HashSet<string> Reached(string name)
    {
        var (reached, open) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(Projects[name].References));
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
                Projects[next].References.ToList().ForEach(open.Enqueue);
        }
        return reached;
    }

    sealed record Project(
        string Name,
        IReadOnlyList<string> References,
        IReadOnlyList<string> Packages,
        bool IsAotCompatible,
        bool AllowsUnsafe
    )
    {
        public static Project Read(string path)
        {
            var xml = XDocument.Load(path);
            return new(
                Short(path),
                [.. Includes(xml, "ProjectReference").Select(Short)],
                [.. Includes(xml, "PackageReference")],
                xml.Descendants("IsAotCompatible").Any(element => element.Value == "true"),
                xml.Descendants("AllowUnsafeBlocks").Any(element => element.Value == "true")
            );
        }

        static IEnumerable<string> Includes(XDocument xml, string element) =>
            xml.Descendants(element).Select(reference => reference.Attribute("Include")!.Value);

        static string Short(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["Halley.".Length..];
    }
}
