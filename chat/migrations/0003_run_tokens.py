from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0002_conversations"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="tokens",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
