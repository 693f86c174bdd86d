using System.Text;

namespace Halley.Decisions.Tests;

public sealed class DecisionJsonTests
{
    public static TheoryData<DecisionDefinition> Definitions { get; } = [Sample.Quote, Sample.Triage];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void A_definition_read_back_writes_the_same_bytes_and_decides_the_same(DecisionDefinition definition)
    {
        var bytes = DecisionJson.ToBytes(definition);
        var read = DecisionJson.Read(bytes, "release 1");
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(DecisionJson.ToBytes(read)));
        Assert.Empty(Sample.Problems(read));
        Assert.Equal(Sample.Compile(definition).SlotCount, Sample.Compile(read).SlotCount);
    }

    [Fact]
    public void Every_member_is_written_by_its_name_in_camel_case()
    {
        var text = Encoding.UTF8.GetString(DecisionJson.ToBytes(Sample.Triage));
        Assert.Contains(
            "\"usualRanges\":[{\"name\":\"report_delay\",\"quantiles\":[{\"share\":0,\"value\":0}",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("\"fallback\":{\"order\":[\"Refer\"]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "HLY4002: release 1: it is null where a decision's definition is needed.")]
    [InlineData("[1]", "HLY4002: release 1, line 1, $: ")]
    [InlineData("{\"name\":\"x\"}", "HLY4002: release 1, line 1, $: ")]
    [InlineData("{\"name\":null", "HLY4002: release 1, line 1, $.name: ")]
    [InlineData(
        "{\"name\":\"x\",\"colour\":1}",
        "HLY4002: release 1, line 1, $.colour: The JSON property 'colour' could not be mapped"
    )]
    [InlineData("{\"name\":\"x\",\"name\":\"y\"}", "HLY4002: release 1, line 1, $.name: Duplicate prop")]
    [InlineData("{\"name\":\"x\",", "HLY4002: release 1, line 1, $")]
    public void What_is_no_definition_gives_a_clear_error(string json, string start) =>
        Assert.StartsWith(
            start,
            Assert.Throws<HalleyException>(() => DecisionJson.Read(Encoding.UTF8.GetBytes(json), "release 1")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_definition_nested_without_end_is_refused()
    {
        var json = "{\"models\":" + new string('[', 10_000);
        Assert.StartsWith(
            "HLY4002",
            Assert.Throws<HalleyException>(() => DecisionJson.Read(Encoding.UTF8.GetBytes(json), "release 1")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_member_left_out_is_not_silently_taken_as_nothing()
    {
        var json = Encoding
            .UTF8.GetString(DecisionJson.ToBytes(Sample.Quote))
            .Replace("\"maximumReasons\":5,", "", StringComparison.Ordinal);
        Assert.Contains(
            "maximumReasons",
            Assert.Throws<HalleyException>(() => DecisionJson.Read(Encoding.UTF8.GetBytes(json), "release 1")).Message,
            StringComparison.Ordinal
        );
    }
}
