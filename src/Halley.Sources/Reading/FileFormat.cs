namespace Halley.Sources.Reading;

enum FileFormat
{
    Csv,
    Parquet,
}
