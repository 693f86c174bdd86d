using System.Text.Json.Nodes;
using Halley.Data;
using Halley.Decisions;
using Halley.Registry;

namespace Halley.Specs.Tests;

/// <summary>The sample project's files are what their kinds say, and the schemas for editors know their keys.</summary>
public class SampleFilesTests
{
    static string Folder => Path.Combine(ProjectRoot.Path, "samples", "motor");

    public static TheoryData<string> Models =>
        new(Directory.GetFiles(Path.Combine(Folder, "models")).Select(path => Path.GetFileName(path)));

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_model_of_the_sample_can_be_read(string file)
    {
        var model = SpecFiles.Model.Read(Path.Combine(Folder, "models", file));
        Assert.Equal(Path.GetFileNameWithoutExtension(file), model.Spec.Name);
        Assert.NotNull(SpecFiles.Data.Read(Path.Combine(Folder, "data.yaml")).Find(model.Data));
    }

    [Theory]
    [InlineData("real")]
    [InlineData("quality")]
    public void Every_model_on_public_data_can_be_read_and_has_its_table(string sample)
    {
        var folder = Path.Combine(ProjectRoot.Path, "samples", sample);
        var data = SpecFiles.Data.Read(Path.Combine(folder, "data.yaml"));
        var models = Directory.GetFiles(Path.Combine(folder, "models")).Select(SpecFiles.Model.Read).ToList();
        Assert.NotEmpty(models);
        Assert.All(models, model => Assert.NotNull(data.Find(model.Data)));
        Assert.DoesNotContain(data.Tables, table => table.Simulated);
    }

    [Theory]
    [InlineData("motor-quote")]
    [InlineData("claim-triage")]
    public void Every_decision_of_the_sample_is_sound_but_for_its_models(string name)
    {
        var definition = SpecFiles.Decision.Read(Path.Combine(Folder, "decisions", name + ".yaml"));
        Assert.Empty(DecisionPlan.Validate(definition));
        Assert.True(SpecFiles.Tests.Read(Path.Combine(Folder, "tests", name + ".yaml")).Count >= 3);
        Assert.Contains(SpecFiles.Value.Read(Path.Combine(Folder, "value.yaml")), value => value.Decision == name);
        var plan = SpecFiles.Monitor.Read(Path.Combine(Folder, "monitor.yaml")).Single(plan => plan.Decision == name);
        Assert.NotNull(ReleaseMonitor.Of(plan, definition));
    }

    [Fact]
    public void Production_asks_for_tests_evidence_and_a_second_person()
    {
        var production = SpecFiles.Gates.Read(Path.Combine(Folder, "gates.yaml")).Single(set => set.Environment == "production");
        Assert.Contains(production.Gates, gate => gate is DecisionTestsGate);
        Assert.Contains(production.Gates, gate => gate is ActualExpectedGate);
        Assert.Contains(production.Gates, gate => gate is ShadowGate);
        Assert.Contains(production.Gates, gate => gate is ApprovalGate);
    }

    [Fact]
    public void An_unknown_gate_is_named_with_those_there_are()
    {
        var fault = Assert.Throws<HalleyException>(() => SpecFiles.Gates.Parse("production:\n  - gate: vibes\n", "gates.yaml"));
        Assert.Contains("gates.yaml:2:5", fault.Message, StringComparison.Ordinal);
        Assert.Contains("decision_tests", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schemas_for_editors_know_the_keys_that_the_sample_uses()
    {
        var schema = JsonNode.Parse(SpecFiles.Schemas()["model.schema.json"])!;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]!.GetValue<string>());
        var keys = schema["properties"]!.AsObject().Select(property => property.Key).ToHashSet();
        foreach (var line in File.ReadLines(Path.Combine(Folder, "models", "claim-count-glm.yaml")))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && char.IsAsciiLetter(line[0]))
                Assert.Contains(line[..colon], keys);
        }
        Assert.Contains("model", schema["required"]!.AsArray().Select(name => name!.GetValue<string>()));
    }

    [Fact]
    public void A_join_to_a_later_table_is_refused()
    {
        const string text =
            "tables:\n  policies:\n    file: p.csv\n    claims: { table: claims, key: id, amount: amount }\n  claims: { file: c.csv }\n";
        var fault = Assert.Throws<HalleyException>(() => SpecFiles.Data.Parse(text, "data.yaml"));
        Assert.Contains("joins the claims of 'claims', which does not stand above it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_cases_share_inputs_and_leave_out_what_is_null()
    {
        const string text =
            "shared: { a: 1, b: x }\ncases:\n  - name: n\n    input: { b: ~, c: true, d: \"1\" }\n    expected: { y: 0.1 }\n";
        var one = Assert.Single(SpecFiles.Tests.Parse(text, "t.yaml"));
        Assert.Equal("""{"a":1,"c":true,"d":"1"}""", one.Input.GetRawText());
        Assert.Equal("0.1", one.Expected["y"].GetRawText());
    }
}
