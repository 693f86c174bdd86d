using System.Text;

namespace Halley.Data.Tests;

/// <summary>Reads and writes CSV from and to text in memory.</summary>
static class CsvText
{
    public static Table Read(string text, Schema schema, CsvOptions? options = null) =>
        CsvReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "book.csv", schema, options);

    public static Table ReadBytes(byte[] bytes, Schema schema) => CsvReader.Read(new MemoryStream(bytes), "book.csv", schema);

    public static InferredSchema Infer(string text, CsvOptions? options = null) =>
        CsvReader.Infer(new MemoryStream(Encoding.UTF8.GetBytes(text)), "book.csv", options);

    public static string Write(Table table, CsvOptions? options = null)
    {
        var stream = new MemoryStream();
        CsvWriter.Write(table, stream, options);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static Schema Schema(params Field[] fields) => new(fields);

    public static Field Number(string name) => new() { Name = name, Kind = FieldKind.Number };

    public static Field Text(string name) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Text,
            Role = Role.Id,
            WhenMissing = ValueRule.Missing,
        };

    public static Field Category(string name, params string[] levels) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Category,
            Levels = levels.Length == 0 ? null : new(levels),
        };

    public static Field Exposure(string name) =>
        new()
        {
            Name = name,
            Kind = FieldKind.Exposure,
            Role = Role.Exposure,
        };
}
