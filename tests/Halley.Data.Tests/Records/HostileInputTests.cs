using System.Text;
using CsCheck;

namespace Halley.Data.Tests;

/// <summary>Whatever bytes come, the answer is a value or a named problem.</summary>
public class HostileInputTests
{
    static readonly Schema Schema = new([
        new Field { Name = "age", Kind = FieldKind.Number },
        new Field
        {
            Name = "gas",
            Kind = FieldKind.Category,
            Levels = new(["Diesel", "é"]),
        },
        new Field { Name = "day", Kind = FieldKind.Date },
        new Field
        {
            Name = "id",
            Kind = FieldKind.Text,
            Role = Role.Id,
        },
    ]);

    const string Good = """{"age":1.5e3,"gas":"\u00e9","day":"2024-02-29","id":"a\"b"}""";

    /// <summary>Good bytes with a few replaced, removed or doubled.</summary>
    static Gen<byte[]> Damaged(byte[] good) =>
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 2])
            .Array[1, 6]
            .Select(damages =>
            {
                var bytes = good.ToList();
                foreach (var (at, value, how) in damages)
                {
                    var position = Math.Min(at, bytes.Count - 1);
                    if (how == 0)
                        bytes[position] = value;
                    else if (how == 1)
                        bytes.RemoveAt(position);
                    else
                        bytes.Insert(position, "\"{}[],:N-\\u0e"u8[value % 12]);
                }
                return bytes.ToArray();
            });

    [Fact]
    public void A_damaged_record_is_encoded_or_its_problems_are_named()
    {
        var encoder = new RecordEncoder(Schema);
        Damaged(Encoding.UTF8.GetBytes(Good))
            .Sample(
                bytes =>
                {
                    var (slots, texts) = (new double[4], new string?[4]);
                    return encoder.TryEncode(bytes, slots, texts, out var problems)
                        ? !double.IsNaN(slots[0] + slots[1] + slots[2]) && texts[3] is not null
                        : problems.Count > 0 && problems.All(problem => problem.ToString().Length > 0);
                },
                iter: 20_000
            );
    }

    [Fact]
    public void A_damaged_schema_is_read_or_refused_with_its_line() =>
        Damaged(Encoding.UTF8.GetBytes(SchemaJson.ToText(Schema)))
            .Sample(
                bytes =>
                {
                    try
                    {
                        return SchemaJson.Read(bytes, "s.json").Fields.All(field => field.Name.Length > 0);
                    }
                    catch (HalleyException error)
                    {
                        return error.Message.StartsWith("HLY1402: s.json, line ", StringComparison.Ordinal);
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void A_damaged_csv_file_is_read_or_refused_by_name()
    {
        var good = Encoding.UTF8.GetBytes("age,gas,day,id\n1,Diesel,2024-01-01,\"a,\"\"b\"\n2.5,é,2024-02-29,x\n");
        Damaged(good)
            .Sample(
                bytes =>
                {
                    try
                    {
                        return CsvReader.Read(new MemoryStream(bytes), "book.csv", Schema).Columns.Count == 4;
                    }
                    catch (HalleyException error)
                    {
                        return error.Message.StartsWith("HLY11", StringComparison.Ordinal)
                            && error.Message.Contains("book.csv", StringComparison.Ordinal);
                    }
                },
                iter: 20_000
            );
    }
}
