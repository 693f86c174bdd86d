using System.Text.Json.Nodes;
using Halley.Data;
using Halley.Models;
using Halley.Registry;

namespace Halley.Server.Tests;

/// <summary>Plain scores of pinned models by the Open Inference Protocol.</summary>
public sealed class InferenceTests(BadInputTests.Running running) : IClassFixture<BadInputTests.Running>
{
    /// <summary>A request for a score of the sample's model.</summary>
    internal const string Good =
        """{"inputs":[{"name":"age","shape":[1],"datatype":"INT64","data":[40]},{"name":"region","shape":[1],"datatype":"BYTES","data":["north"]}]}""";

    [Fact]
    public async Task The_server_and_its_models_say_what_they_are()
    {
        var server = (await running.Desk.GetAsync("/v2")).Good();
        Assert.Equal(("halley", CodeVersion.Current), ((string)server["name"]!, (string)server["version"]!));
        Assert.Equal("""{"live":true}""", (await running.Desk.GetAsync("/v2/health/live")).Text);
        Assert.Equal("""{"ready":true}""", (await running.Desk.GetAsync("/v2/health/ready")).Text);
        Assert.Equal("""{"ready":true}""", (await running.Desk.GetAsync("/v2/models/count/ready")).Text);
        foreach (var address in new[] { "/v2/models/count", "/v2/models/count/versions/1" })
        {
            var model = (await running.Desk.GetAsync(address)).Good();
            Assert.Equal(
                """{"name":"count","versions":["1"],"platform":"halley","inputs":[{"name":"region","datatype":"BYTES","shape":[-1]},{"name":"age","datatype":"INT64","shape":[-1]}],"outputs":[{"name":"prediction","datatype":"FP64","shape":[-1]},{"name":"score","datatype":"FP64","shape":[-1]}]}""",
                model.ToJsonString()
            );
        }
    }

    [Fact]
    public async Task Rows_get_the_bits_that_the_model_predicts()
    {
        const string Ages = "[18,40.0,95,33]";
        var answer = (
            await InferAsync(
                $$"""
                {"id":"mine","inputs":[{"name":"age","shape":[4,1],"datatype":"FP64","data":[[18],[40.0],[95],[33]]},
                 {"name":"region","shape":[4],"datatype":"BYTES","data":["north","south","north","south"]}]}
                """
            )
        ).Good();
        var table = new Table([
            new NumericColumn("age", JsonNode.Parse(Ages)!.AsArray().Select(age => (double)age!).ToArray()),
            new CategoricalColumn("region", [0, 1, 0, 1], new(["north", "south"])),
        ]);
        Assert.Equal(
            ("mine", "count", "1"),
            ((string)answer["id"]!, (string)answer["model_name"]!, (string)answer["model_version"]!)
        );
        Assert.Equal(Sample.Count.Predict(table, PredictMode.AtExposureOne).Values.ToArray(), Output(answer, "prediction"));
        Assert.Equal(Sample.Count.Predict(table, PredictMode.Raw).Values.ToArray(), Output(answer, "score"));
        Assert.Equal("[4]", answer["outputs"]![0]!["shape"]!.ToJsonString());
    }

    [Fact]
    public async Task A_score_is_the_one_in_the_decision_with_levels_by_the_models_rule()
    {
        // The decision takes 'east', which the model never saw: its rule puts north in its place.
        var east = """{"quote_id":"q-1","age":40,"region":"east","value":12000,"licence":true}""";
        var decision = (
            await running.Desk.PostAsync("/v1/decisions/quote", $$"""{"purpose":"test","explain":true,"inputs":{{east}}}""")
        ).Good();
        var step = decision["steps"]!.AsArray().Single(step => (string)step!["name"]! == "count");
        var score = (await InferAsync(Good.Replace("north", "east", StringComparison.Ordinal))).Good();
        Assert.Equal((double)step!["value"]!, Output(score, "prediction")[0]);
        Assert.Equal(Output((await InferAsync(Good)).Good(), "prediction"), Output(score, "prediction"));
    }

    [Fact]
    public async Task Only_the_outputs_asked_for_are_told()
    {
        var answer = (
            await InferAsync(Good.Replace("}]}", "}],\"outputs\":[{\"name\":\"score\"}]}", StringComparison.Ordinal))
        ).Good();
        Assert.Equal("score", (string)Assert.Single(answer["outputs"]!.AsArray())!["name"]!);
        var refused = await InferAsync(Good.Replace("}]}", "}],\"outputs\":[{\"name\":\"odds\"}]}", StringComparison.Ordinal));
        Assert.Equal("input 'outputs': odds is no output of the model; expected prediction, score.", refused["error"]);
    }

    [Fact]
    public async Task Every_wrong_value_of_a_batch_is_named_with_its_row()
    {
        var reply = await InferAsync(
            """
            {"inputs":[{"name":"age","shape":[3],"datatype":"INT64","data":[40,-5,40.5]},
             {"name":"region","shape":[3],"datatype":"BYTES","data":["mars","north",null]},
             {"name":"agee","shape":[3],"datatype":"INT64","data":[1,2,3]}]}
            """
        );
        Assert.Equal(400, reply.Status);
        Assert.Equal(
            [
                "region 0 mars is not a known level",
                "agee  is not a field of the schema; the nearest is 'age'",
                "age 1 -5 is out of range",
                "age 2 40.5 is not whole for datatype INT64",
                "age 2 40.5 is not whole",
                "region 2 null is null, which stands for a missing value",
            ],
            reply.Json["errors"]!
                .AsArray()
                .Select(one => $"{one!["field"]} {one["row"]} {one["value"]}{(one["value"] is null ? "" : " ")}{one["problem"]}")
        );
        Assert.StartsWith("input 'region', row 0: mars is not a known level", reply["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"inputs":[{"name":"age","shape":[2],"datatype":"INT64","data":[40]}]}""",
        "input 'age': [2] is the shape, and data has 1 values"
    )]
    [InlineData(
        """{"inputs":[{"name":"age","shape":[1,2],"datatype":"INT64","data":[40,41]}]}""",
        "input 'age': [1, 2] is no shape of a column"
    )]
    [InlineData(
        """{"inputs":[{"name":"age","shape":[0],"datatype":"INT64","data":[]}]}""",
        "input 'age': [0] is no shape of a column"
    )]
    [InlineData(
        """{"inputs":[{"name":"age","shape":[1],"datatype":"INT8","data":[400]},{"name":"region","shape":[1],"datatype":"BYTES","data":["north"]}]}""",
        "input 'age', row 0: 400 is out of range for datatype INT8"
    )]
    [InlineData("""{"inputs":[{"name":"age","shape":[1],"data":[40]}]}""", "input 'age': the tensor has no 'datatype'")]
    [InlineData(
        """{"inputs":[{"name":"age","shape":[1],"datatype":"INT64","data":[40]},{"name":"age","shape":[1],"datatype":"INT64","data":[40]}]}""",
        "input 'age': appears twice"
    )]
    [InlineData(
        """{"inputs":[{"name":"age","shape":[1],"datatype":"INT64","data":[40]},{"name":"region","shape":[2],"datatype":"BYTES","data":["north","south"]}]}""",
        "input 'region': [2] has 2 rows, and the first input has 1"
    )]
    [InlineData("""{"inputs":[7]}""", "input 'inputs': holds what is no tensor")]
    [InlineData("""{"inputs":{}}""", "input 'inputs': is no list")]
    [InlineData("""{"input":[]}""", "input 'input': is no field of a request")]
    [InlineData("""{}""", "input 'inputs': is missing")]
    [InlineData("""[]""", "the request: the body is not an object")]
    [InlineData("""{"inputs":[]}""", "input 'region': is not in the record")]
    public async Task A_tensor_that_does_not_fit_is_named(string body, string error)
    {
        var reply = await InferAsync(body);
        Assert.Equal(400, reply.Status);
        Assert.StartsWith(error, reply["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_rows_than_allowed_are_refused_and_as_many_are_taken()
    {
        await using var desk = await ServerDesk.StartAsync(configure: options => options with { MaximumRows = 600 });
        static string Rows(int count) =>
            $$"""
                {"inputs":[{"name":"age","shape":[{{count}}],"datatype":"INT64","data":[{{string.Join(
                    ',',
                    Enumerable.Range(0, count).Select(row => 20 + row % 60)
                )}}]},
                 {"name":"region","shape":[{{count}}],"datatype":"BYTES","data":[{{string.Join(
                    ',',
                    Enumerable.Repeat("\"south\"", count)
                )}}]}]}
                """;
        var values = Output((await desk.PostAsync("/v2/models/count/infer", Rows(600))).Good(), "prediction");
        Assert.Equal(600, values.Length);
        // A row's score depends neither on its place nor on the others.
        Assert.Equal(values[..60], values[540..]);
        Assert.Contains("at most 600 rows", (await desk.PostAsync("/v2/models/count/infer", Rows(601)))["error"]);
    }

    [Fact]
    public async Task What_is_not_served_is_404_and_a_wrong_method_405_in_the_protocols_shape()
    {
        foreach (
            var address in new[]
            {
                "/v2/models/none",
                "/v2/models/count/versions/2",
                "/v2/models/count/versions/x",
                "/v2/models/strict",
                "/v2/models/none/ready",
            }
        )
        {
            var reply = await running.Desk.GetAsync(address);
            Assert.Equal((404, "HLY6030", "application/json"), (reply.Status, reply["code"], reply.ContentType));
        }
        Assert.Equal((404, "HLY6002"), await ErrorAsync(running.Desk.GetAsync("/v2/nothing")));
        Assert.Equal((405, "HLY6009"), await ErrorAsync(running.Desk.GetAsync("/v2/models/count/infer")));
        Assert.Equal((404, "HLY6030"), await ErrorAsync(running.Desk.PostAsync("/v2/models/none/infer", Good)));
    }

    [Fact]
    public async Task Challengers_models_are_served_by_version_and_a_promotion_is_seen()
    {
        await using var desk = await ServerDesk.StartAsync();
        await desk.Store.Registry.RegisterModelAsync("count", Artefact.ToBytes(Sample.Strict), Actor.Unverified("alice"));
        await desk.PromoteAsync(
            Sample.Quote with
            {
                Models = [new() { Alias = "count", Reference = "count@2" }],
            },
            ReleaseRole.Challenger,
            0.5
        );
        var model = await desk.UntilAsync(
            () => desk.GetAsync("/v2/models/count"),
            reply => reply.Json["versions"]!.AsArray().Count == 2
        );
        Assert.Equal("""["1","2"]""", model.Json["versions"]!.ToJsonString());
        Assert.Equal("1", (string)(await desk.PostAsync("/v2/models/count/infer", Good)).Good()["model_version"]!);
        Assert.Equal("2", (string)(await desk.PostAsync("/v2/models/count/versions/2/infer", Good)).Good()["model_version"]!);
    }

    [Fact]
    public async Task A_stopped_model_scores_nothing_and_says_who_stopped_it()
    {
        await using var desk = await ServerDesk.StartAsync();
        await desk.Store.Registry.StopModelAsync("count", Actor.Unverified("olga"), "wrong levels");
        var reply = await desk.UntilAsync(() => desk.PostAsync("/v2/models/count/infer", Good), reply => reply.Status != 200);
        Assert.Equal((503, "HLY6031"), (reply.Status, reply["code"]));
        Assert.Equal("Model 'count@1' was stopped by olga: wrong levels.", reply["error"]);
        Assert.Equal(400, (await desk.GetAsync("/v2/models/count/ready")).Status);
    }

    [Fact]
    public async Task Scores_are_neither_logged_nor_counted_and_the_document_lists_them()
    {
        (await InferAsync(Good)).Good();
        var overview = (await running.Desk.GetAsync("/v1/overview")).Good();
        Assert.Equal(0, (long)overview["traffic"]!["decisions"]!);
        var paths = (await running.Desk.GetAsync("/openapi.json")).Good()["paths"]!;
        Assert.Equal("""["count"]""", paths["/v2/models/{name}/infer"]!["parameters"]![0]!["schema"]!["enum"]!.ToJsonString());
    }

    Task<Reply> InferAsync(string body) => running.Desk.PostAsync("/v2/models/count/infer", body);

    static async Task<(int, string)> ErrorAsync(Task<Reply> reply)
    {
        var answer = await reply;
        Assert.NotEqual("", answer["error"]);
        Assert.Equal(answer.RequestId, answer["request_id"]);
        return (answer.Status, answer["code"]);
    }

    static double[] Output(JsonNode answer, string name) =>
        [
            .. answer["outputs"]!.AsArray().Single(one => (string)one!["name"]! == name)!["data"]!
                .AsArray()
                .Select(value => (double)value!),
        ];
}
