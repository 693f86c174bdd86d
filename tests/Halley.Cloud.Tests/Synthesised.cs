using System.Text.Json.Nodes;
using Amazon.CDK;
using Halley.Deploy;

namespace Halley.Cloud.Tests;

/// <summary>The templates of staging and production, made once for all tests, offline.</summary>
public sealed class Synthesised : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("halley-cdk-").FullName;

    public Synthesised()
    {
        // Without it the library can't start: each test then says so itself, by Require.
        if (!HasNode)
            return;
        var settings = SettingsFile.Read(Path.Combine(ProjectRoot.Path, "deploy", "aws", "environments.example.json"));
        var app = new App(new AppProps { Outdir = folder, AnalyticsReporting = false });
        HalleyApp.Add(app, settings);
        app.Synth();
        Templates = Directory
            .GetFiles(folder, "*.template.json")
            .ToDictionary(
                path => Path.GetFileName(path).Replace(".template.json", "", StringComparison.Ordinal),
                path => JsonNode.Parse(File.ReadAllText(path))!
            );
    }

    static bool HasNode =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(place => File.Exists(Path.Combine(place, "node")));

    /// <summary>By the stack's name, for example <c>halley-staging-service</c>.</summary>
    public IReadOnlyDictionary<string, JsonNode> Templates { get; } = new Dictionary<string, JsonNode>();

    public string Manifest => File.ReadAllText(Path.Combine(folder, "manifest.json"));

    /// <summary>Resources of a type over all stacks of an environment, or of all environments: stack, name, properties.</summary>
    public IEnumerable<(string Stack, string Name, JsonObject Properties)> All(string type, string environment = "") =>
        Resources(environment)
            .Where(one => (string)one.Resource["Type"]! == type)
            .Select(one => (one.Stack, one.Name, one.Resource["Properties"] as JsonObject ?? []));

    public IEnumerable<(string Stack, string Name, JsonObject Resource)> Resources(string environment = "") =>
        Templates
            .Where(pair => pair.Key.Contains(environment, StringComparison.Ordinal))
            .SelectMany(pair => pair.Value["Resources"]!.AsObject().Select(one => (pair.Key, one.Key, one.Value!.AsObject())));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
